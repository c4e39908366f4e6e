package org.vectormill.jobs.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * How a run ended, as {@code --result} tells it; docs/operations.md lists the fields.
 *
 * @param result empty where the run failed before it counted anything
 * @param failure empty where it succeeded
 * @param applicationId Spark's, empty where no session came up
 * @param journal what the run reported on its way, empty where it didn't begin
 */
record RunReport(
    String job,
    String runId,
    boolean dryRun,
    Optional<JobResult> result,
    Optional<Failure> failure,
    Duration wall,
    Optional<String> applicationId,
    Optional<RunJournal> journal) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A run id that is refused may be anything, a URI with a password too. */
  RunReport {
    runId = runId == null ? null : UriSecrets.redact(runId);
  }

  int exitCode() {
    return failure.map(f -> f.fault().exitCode()).orElse(0);
  }

  String logLine() {
    String counts =
        result
            .map(
                r ->
                    "read %d, written %d, rejected %d, already done %d"
                        .formatted(r.read(), r.written(), r.rejected(), r.alreadyDone()))
            .orElse("nothing counted");
    return "%s ends: run %s, exit code %d, %s, %.1f s"
        .formatted(job, runId, exitCode(), counts, wall.toMillis() / 1000.0);
  }

  /** Writes the report; null is nowhere. A reader sees the whole file or the one before. */
  void writeTo(String uri, Configuration conf) {
    if (uri == null) {
      return;
    }
    try {
      AtomicFile.write(uri, JSON.writeValueAsBytes(fields()), conf);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.USAGE, "--result " + uri + " can't be written: " + Failure.firstLine(e), e);
    }
  }

  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", job);
    fields.put("run_id", runId);
    fields.put("exit_code", exitCode());
    fields.put("reason", failure.map(Failure::sentence).orElse(null));
    fields.put("fault", failure.map(f -> f.fault().party()).orElse(null));
    fields.put("dry_run", dryRun);
    fields.put("read", result.map(JobResult::read).orElse(null));
    fields.put("written", result.map(JobResult::written).orElse(null));
    fields.put("rejected", result.map(JobResult::rejected).orElse(null));
    fields.put("already_done", result.map(JobResult::alreadyDone).orElse(null));
    fields.put("rejects_by_reason", result.map(JobResult::rejectsByReason).orElse(Map.of()));
    fields.put("waves", journal.map(RunJournal::waves).map(RunReport::waves).orElse(List.of()));
    fields.put("bytes_written", journal.map(RunJournal::bytesWritten).orElse(0L));
    fields.put("seconds_by_stage", journal.map(RunJournal::secondsByStage).orElse(Map.of()));
    fields.put("encoder_fingerprint", journal.flatMap(RunJournal::encoder).orElse(null));
    fields.put("details", result.map(JobResult::details).orElse(Map.of()));
    fields.put("seconds", wall.toMillis() / 1000.0);
    fields.put("spark_application_id", applicationId.orElse(null));
    fields.put("spark_version", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    fields.put("vectormill_version", VectormillVersion.current());
    return fields;
  }

  private static List<Map<String, Object>> waves(List<RunJournal.Published> published) {
    return published.stream()
        .map(
            wave ->
                Map.<String, Object>of(
                    "table", wave.table(),
                    "wave", wave.wave(),
                    "rows", wave.rows(),
                    "rejects", wave.rejects(),
                    "bytes", wave.bytes()))
        .toList();
  }
}
