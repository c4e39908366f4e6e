package org.vectormill.jobs.runner;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.schemas.Staging;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one job: session, job group, log, progress, result file, exit code. */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger("org.vectormill");

  private final CommandSpec spec;
  private final String job;
  private final CommonOptions common;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Instant started = Instant.now();
  private String applicationId;
  private RunJournal journal;

  JobRunner(CommandSpec spec, CommonOptions common) {
    this.spec = spec;
    this.job = spec.name();
    this.common = common;
    this.out = spec.commandLine().getOut();
    this.err = spec.commandLine().getErr();
  }

  <O> int run(Supplier<O> options, Job<O> job) {
    String runId = common.runId == null ? RunId.create(Clock.systemUTC()) : common.runId;
    try {
      common.validate();
      OptionValues.refusePasswords(spec);
      RunReport.begun(spec.name(), runId, common.dryRun)
          .writeTo(common.result, Sessions.hadoop(common.conf));
      JobResult result = runInSession(options.get(), job, runId);
      RunReport report = report(runId, Optional.of(result), Optional.empty());
      report.writeTo(common.result, Sessions.hadoop(common.conf));
      LOG.info("{}", report.logLine());
      out.println(result.summary());
      out.flush();
      return 0;
    } catch (Throwable e) {
      // Errors of the JVM too: the process ends after this, whatever it was, and its caller needs
      // the code, the file and the sentence.
      return fail(runId, e);
    }
  }

  private <O> JobResult runInSession(O options, Job<O> work, String runId) {
    SparkConf conf = Sessions.configure(job, common.master, common.conf);
    boolean shared = SparkSession.getDefaultSession().isDefined();
    SparkSession spark = Sessions.open(conf);
    try (RunJournal progress =
        new RunJournal(ProgressLine.onStandardError(err), System::nanoTime)) {
      journal = progress;
      applicationId = spark.sparkContext().applicationId();
      spark.sparkContext().setJobGroup(runId, "vectormill " + job, true);
      LOG.info(
          "{} starts: run {}, master {}, application {}",
          job,
          runId,
          spark.sparkContext().master(),
          applicationId);
      return work.run(spark, options, context(runId, progress));
    } finally {
      // In a session that others share, a failed run would seem alive for ever.
      var unused = Staging.endRun(runId);
      spark.sparkContext().clearJobGroup();
      if (!shared) {
        spark.stop();
      }
    }
  }

  private RunContext context(String runId, RunContext.Progress progress) {
    return new RunContext(
        runId,
        common.seed,
        common.maxRejectRatio,
        common.onReject == CommonOptions.OnReject.QUARANTINE,
        common.dryRun,
        progress);
  }

  private int fail(String runId, Throwable thrown) {
    Failure failure = Failure.of(thrown);
    RunReport report = report(runId, Failure.resultOf(thrown), Optional.of(failure));
    try {
      report.writeTo(common.result, Sessions.hadoop(common.conf));
    } catch (Throwable e) {
      LOG.error("{}", Failure.of(e).sentence());
    }
    LOG.info("{}", report.logLine());
    return FailureReport.print(err, job, failure, thrown);
  }

  private RunReport report(String runId, Optional<JobResult> result, Optional<Failure> failure) {
    return new RunReport(
        job,
        runId,
        common.dryRun,
        Optional.of(
            new RunReport.Ending(result, failure, Duration.between(started, Instant.now()))),
        Optional.ofNullable(applicationId),
        Optional.ofNullable(journal));
  }
}
