package org.vectormill.jobs.wave;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vectormill.jobs.runner.JobResult;

/**
 * What a job that gives each row of its input a row or a reject came to.
 *
 * @param read current rows of the input
 * @param written rows published
 * @param withheld rows that the reject gate kept back
 * @param alreadyDone rows that an earlier run had done, and those that are none of this job's
 * @param details what the job has to say besides, for the result file
 */
public record WaveResult(
    long read,
    long written,
    long withheld,
    long rejected,
    long alreadyDone,
    Map<String, Long> rejectsByReason,
    Map<String, Object> details,
    String summary)
    implements JobResult {

  public WaveResult {
    if (read != written + withheld + rejected + alreadyDone) {
      throw new IllegalArgumentException(
          "read %d, but written %d + withheld %d + rejected %d + already done %d"
              .formatted(read, written, withheld, rejected, alreadyDone));
    }
  }

  /** Nothing was or is to be done with {@code rows} rows. */
  public static WaveResult unchanged(long rows, Map<String, Object> details, String summary) {
    return new WaveResult(rows, 0, 0, 0, rows, Map.of(), details, summary);
  }

  /** With one more entry among the details. */
  public WaveResult with(String name, Map<String, Object> entry) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(name, entry);
    return new WaveResult(
        read, written, withheld, rejected, alreadyDone, rejectsByReason, more, summary);
  }

  /** With a line before its summary. */
  public WaveResult after(String line) {
    return saying(line + "\n" + summary);
  }

  /** With a line after its summary. */
  public WaveResult then(String line) {
    return saying(summary + "\n" + line);
  }

  private WaveResult saying(String text) {
    return new WaveResult(
        read, written, withheld, rejected, alreadyDone, rejectsByReason, details, text);
  }
}
