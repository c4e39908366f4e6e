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
 * Where a run stands, as {@code --result} tells it; docs/operations.md lists the fields.
 *
 * @param ending empty while the run goes on
 * @param applicationId Spark's, empty where no session came up
 * @param journal what the run reported on its way, empty where it didn't begin
 */
record RunReport(
    String job,
    String runId,
    boolean dryRun,
    Optional<Ending> ending,
    Optional<String> applicationId,
    Optional<RunJournal> journal) {

  /**
   * How a run ended.
   *
   * @param result empty where the run failed before it counted anything
   * @param failure empty where it succeeded
   */
  record Ending(Optional<JobResult> result, Optional<Failure> failure, Duration wall) {
    int exitCode() {
      return failure.map(f -> f.fault().exitCode()).orElse(0);
    }
  }

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A run id that is refused may be anything, a URI with a password too. */
  RunReport {
    runId = runId == null ? null : UriSecrets.redact(runId);
  }

  /**
   * The report of a run that has begun. It takes the place of an earlier run's, so that nobody who
   * looks after this run was killed reads that one's success.
   */
  static RunReport begun(String job, String runId, boolean dryRun) {
    return new RunReport(job, runId, dryRun, Optional.empty(), Optional.empty(), Optional.empty());
  }

  String logLine() {
    Ending end = ending.orElseThrow();
    String counts =
        end.result()
            .map(
                r ->
                    "read %d, written %d, rejected %d, already done %d"
                        .formatted(r.read(), r.written(), r.rejected(), r.alreadyDone()))
            .orElse("nothing counted");
    return "%s ends: run %s, exit code %d, %s, %.1f s"
        .formatted(job, runId, end.exitCode(), counts, end.wall().toMillis() / 1000.0);
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
    Optional<JobResult> result = ending.flatMap(Ending::result);
    Optional<Failure> failure = ending.flatMap(Ending::failure);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", job);
    fields.put("run_id", runId);
    fields.put("state", ending.isPresent() ? "ended" : "running");
    fields.put("exit_code", ending.map(Ending::exitCode).orElse(null));
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
    fields.put("seconds", ending.map(end -> end.wall().toMillis() / 1000.0).orElse(null));
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
