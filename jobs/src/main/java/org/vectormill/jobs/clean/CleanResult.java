package org.vectormill.jobs.clean;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.jobs.runner.UncountedResult;
import org.vectormill.schemas.Leftover;
import org.vectormill.schemas.WaveCommit;

/**
 * What was removed, or would be; no items are taken or given, so their counts are 0.
 *
 * @param summary what is printed
 * @param details the same facts for the result file
 */
public record CleanResult(String summary, Map<String, Object> details) implements UncountedResult {
  private static final int MOST_NAMED = 1000;

  static CleanResult planned(String table, List<Leftover> found, int interrupted) {
    StringBuilder text = new StringBuilder("Plan: remove " + total(found) + " from " + table);
    if (interrupted > 0) {
      text.append("; first finish or take back %d interrupted publications".formatted(interrupted));
    }
    found.stream()
        .limit(MOST_NAMED)
        .forEach(one -> text.append("\n  " + one.kind().code() + "  " + one.path()));
    if (found.size() > MOST_NAMED) {
      text.append("\n  and %,d more".formatted(found.size() - MOST_NAMED));
    }
    return new CleanResult(text.toString(), details(found, List.of()));
  }

  static CleanResult removed(String table, List<Leftover> found, List<WaveCommit> settled) {
    String first =
        found.isEmpty()
            ? "Nothing to remove from " + table
            : "Removed " + total(found) + " from " + table;
    String waves =
        settled.isEmpty()
            ? ""
            : "; finished the publication of wave "
                + String.join(
                    ", ", settled.stream().map(wave -> Integer.toString(wave.wave())).toList());
    return new CleanResult(first + waves, details(found, settled));
  }

  private static String total(List<Leftover> found) {
    return String.format(
        Locale.ROOT,
        "%,d files of %,d bytes %s",
        files(found),
        bytes(found),
        new TreeMap<>(filesByKind(found)));
  }

  private static long files(List<Leftover> found) {
    return found.stream().mapToLong(Leftover::files).sum();
  }

  private static long bytes(List<Leftover> found) {
    return found.stream().mapToLong(Leftover::bytes).sum();
  }

  private static Map<String, Long> filesByKind(List<Leftover> found) {
    Map<String, Long> files = new TreeMap<>();
    found.forEach(one -> files.merge(one.kind().code(), one.files(), Long::sum));
    return files;
  }

  private static Map<String, Object> details(List<Leftover> found, List<WaveCommit> settled) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("files_removed", files(found));
    details.put("bytes_removed", bytes(found));
    details.put("files_by_kind", filesByKind(found));
    details.put("waves_finished", settled.stream().map(WaveCommit::wave).toList());
    return details;
  }
}
