package org.vectormill.jobs.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.vectormill.schemas.TableManifest;

/** A description for people. */
final class DescriptionText {
  private static final List<String> HIDDEN =
      List.of(
          "content_hash",
          "encoder",
          "source",
          "source_size",
          "source_version",
          "run_id",
          "rejected_at");

  private final List<String> lines = new ArrayList<>();

  static String of(List<Description> tables, boolean brief) {
    DescriptionText text = new DescriptionText();
    for (Description table : tables) {
      if (brief) {
        text.line(table);
      } else {
        text.facts(table);
        text.waves(table.waves());
        text.rejects(table.rejectsByReason());
      }
      text.rows("first rows", table.firstRows());
      text.rows("first rejects", table.firstRejects());
      text.lines.add("");
    }
    return String.join("\n", text.lines.subList(0, text.lines.size() - 1));
  }

  private void line(Description d) {
    add(
        "%s: %s, %,d rows%s, %,d rejects",
        d.uri(),
        d.manifest().kind(),
        d.rows(),
        d.manifest().dimension() == null ? "" : " x " + d.manifest().dimension(),
        d.rejects());
  }

  private void facts(Description d) {
    TableManifest manifest = d.manifest();
    fact("table", d.uri());
    fact("kind", manifest.kind() + ", contract version " + manifest.contractVersion());
    if (manifest.encoderFingerprint() != null) {
      fact("encoder", encoder(manifest) + ", fingerprint " + manifest.encoderFingerprint());
    }
    if (manifest.dimension() != null) {
      boolean unit = Boolean.TRUE.equals(manifest.normalised());
      fact(
          "vectors",
          "%d dimensions, %s, %s"
              .formatted(
                  manifest.dimension(), manifest.metric(), unit ? "normalised" : "not normalised"));
    }
    if (d.norms() != null) {
      Description.NormSummary norms = d.norms();
      fact("norms", "min %.4f, mean %.4f, max %.4f", norms.min(), norms.mean(), norms.max());
    }
    fact("made from", String.join(", ", Objects.requireNonNullElse(manifest.inputs(), List.of())));
    fact("rows", "%,d in %,d files, %,d bytes", d.rows(), d.files(), d.bytes());
    if (d.foreignReadersDiffer()) {
      fact("beware", foreign(d));
    }
    fact("rejects", "%,d%s", d.rejects(), awaited(d));
    fact("written by", "Vectormill " + manifest.vectormillVersion());
  }

  private static String foreign(Description d) {
    String why =
        d.oldFilesLeft()
            ? "old files lie beside the compacted ones until clean removes them"
            : String.format(Locale.ROOT, "%,d older rows are still stored", d.replacedRows());
    return "readers of wave=*/*.parquet see other rows (" + why + "); use --sql, export or compact";
  }

  private static String awaited(Description d) {
    return d.awaitedRejects() == 0
        ? ""
        : String.format(Locale.ROOT, ", %,d of them to be tried again", d.awaitedRejects());
  }

  private static String encoder(TableManifest manifest) {
    return manifest.encoder() == null
        ? "unknown"
        : manifest.encoder().path("uri").asText("unnamed");
  }

  private void waves(List<Description.Wave> waves) {
    lines.add("");
    lines.add("wave        rows       new   changed  vanished   rejects  run");
    for (Description.Wave wave : waves) {
      add(
          "%4d  %,10d  %,8d  %,8d  %,8d  %,8d  %s, %s%s",
          wave.wave(),
          wave.rows(),
          wave.newIds(),
          wave.replacedIds(),
          wave.removedIds(),
          wave.rejects(),
          wave.runId(),
          wave.committedAt(),
          wave.compacts() == 0 ? "" : ", stands for waves up to " + wave.compacts());
    }
  }

  private void rejects(Map<String, Long> byReason) {
    if (!byReason.isEmpty()) {
      lines.add("");
      lines.add("rejects by stage and reason");
      byReason.forEach((reason, count) -> add("%,10d  %s", count, reason));
    }
  }

  private void rows(String title, List<Map<String, Object>> rows) {
    if (!rows.isEmpty()) {
      lines.add("");
      lines.add(title);
      rows.forEach(row -> lines.add("  " + row(row)));
    }
  }

  /** The columns that tell rows apart, id first; those that are null or empty say nothing. */
  private static String row(Map<String, Object> row) {
    return row.entrySet().stream()
        .filter(column -> !HIDDEN.contains(column.getKey()))
        .filter(column -> column.getValue() != null && !column.getValue().equals("{}"))
        .map(column -> column.getKey().equals("id") ? column.getValue() + ":" : field(column))
        .collect(Collectors.joining(" "));
  }

  private static String field(Map.Entry<String, Object> column) {
    return column.getKey() + "=" + column.getValue();
  }

  private void fact(String name, String format, Object... values) {
    fact(name, String.format(Locale.ROOT, format, values));
  }

  private void fact(String name, String value) {
    if (!value.isEmpty()) {
      lines.add(String.format(Locale.ROOT, "%-11s %s", name, value));
    }
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
