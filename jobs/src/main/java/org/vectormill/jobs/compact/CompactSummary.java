package org.vectormill.jobs.compact;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vectormill.jobs.runner.CopyResult;
import org.vectormill.jobs.runner.DurationText;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.WaveCommit;

/** Says what a run did, or would do. */
record CompactSummary(Table table, CompactOptions options) {

  CopyResult planned(int files, Optional<Purge> purge) {
    String plan =
        files == 0
            ? "nothing to compact"
            : text(
                "%,d rows of %,d waves from %,d files into %,d",
                current(), table.waves().size(), table.files().size(), files);
    return unchanged("Plan: " + plan + " in " + table.uri() + ids(purge, "to purge"), purge);
  }

  CopyResult nothingToDo(Superseded.Removed removed, Optional<Purge> purge) {
    return unchanged(
        "Nothing to compact: "
            + text("%,d rows in %,d files of %s", current(), table.files().size(), table.uri())
            + removed(removed)
            + proof(purge),
        purge);
  }

  private CopyResult unchanged(String text, Optional<Purge> purge) {
    return new CopyResult(current(), 0, current(), details(purge), text);
  }

  CopyResult of(WaveCommit commit, Superseded.Removed removed, Optional<Purge> purge) {
    Map<String, Object> details = details(purge);
    details.put("wave", commit.wave());
    details.put("rows_dropped", rows(table.files()) - commit.rows());
    details.put("files_after", commit.files().size());
    details.put("bytes_after", bytes(commit.files()));
    details.put("old_files_removed", removed.files());
    details.put("old_bytes_removed", removed.bytes());
    String kept =
        removed.files() == 0
            ? "; old files stay for " + DurationText.of(options.retain())
            : removed(removed);
    String text =
        text(
            "%,d rows in wave %d: %,d files instead of %,d, %,d old rows dropped%s%s",
            commit.rows(),
            commit.wave(),
            commit.files().size(),
            table.files().size(),
            rows(table.files()) - commit.rows(),
            kept,
            proof(purge));
    return new CopyResult(current(), commit.rows(), 0, details, text);
  }

  private long current() {
    return table.currentIds().count();
  }

  private Map<String, Object> details(Optional<Purge> purge) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("waves_before", table.waves().size());
    details.put("files_before", table.files().size());
    details.put("bytes_before", bytes(table.files()));
    purge.ifPresent(
        one -> {
          details.put("purged_ids", one.hash().count());
          details.put("purged_ids_hash", one.hash().hex());
          details.put("files_read_back", one.filesRead());
        });
    return details;
  }

  private static String removed(Superseded.Removed removed) {
    return removed.files() == 0
        ? ""
        : text("; removed %,d old files of %,d bytes", removed.files(), removed.bytes());
  }

  private static String proof(Optional<Purge> purge) {
    return ids(purge, "purged")
        + purge
            .map(one -> text(", none left in the %,d files that were read back", one.filesRead()))
            .orElse("");
  }

  private static String ids(Optional<Purge> purge, String what) {
    return purge
        .map(one -> text("; %,d ids %s (hash %s)", one.hash().count(), what, one.hash().hex()))
        .orElse("");
  }

  private static long rows(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  private static long bytes(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
