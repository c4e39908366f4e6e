package org.vectormill.jobs.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.vectormill.schemas.WaveCommit;

/**
 * Writes down what a run reports on its way, for the result file: how long each stage took, and
 * which waves it published, with which encoder. Everything goes on to the progress line. Silent
 * where it has been sent to a task.
 */
final class RunJournal implements RunContext.Progress {
  /** Stage before a job reports its first: planning, opening tables. */
  static final String PLAN = "plan";

  private static final long serialVersionUID = 1L;

  /**
   * A wave that a run published.
   *
   * @param table URI
   */
  record Published(String table, int wave, long rows, long rejects, long bytes) {}

  private final transient RunContext.Progress line;
  private final transient LongSupplier nanos;
  private final transient Map<String, Double> seconds = new LinkedHashMap<>();
  private final transient List<Published> waves = new ArrayList<>();
  private transient String encoder;
  private String stage = PLAN;
  private long since;

  RunJournal(RunContext.Progress line, LongSupplier nanos) {
    this.line = line;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  @Override
  public void start(String name, long total, String what) {
    if (line != null) {
      endStage();
      stage = name;
      line.start(name, total, what);
    }
  }

  @Override
  public void advance(long done) {
    if (line != null) {
      line.advance(done);
    }
  }

  @Override
  public void note(String words) {
    if (line != null) {
      line.note(words);
    }
  }

  @Override
  public void encoder(String fingerprint) {
    encoder = fingerprint;
  }

  @Override
  public void published(String table, WaveCommit wave) {
    waves.add(new Published(table, wave.wave(), wave.rows(), wave.rejects(), wave.bytes()));
  }

  @Override
  public void close() {
    if (line != null) {
      endStage();
      line.close();
    }
  }

  private void endStage() {
    long now = nanos.getAsLong();
    seconds.merge(stage, (now - since) / 1e9, Double::sum);
    since = now;
  }

  /** Seconds of each stage that ended, in the order of their beginning. */
  Map<String, Double> secondsByStage() {
    Map<String, Double> rounded = new LinkedHashMap<>();
    seconds.forEach((name, value) -> rounded.put(name, Math.round(value * 1000) / 1000.0));
    return rounded;
  }

  /** Fingerprint of the run's encoder; empty where it has none, or failed before it knew it. */
  Optional<String> encoder() {
    return Optional.ofNullable(encoder);
  }

  List<Published> waves() {
    return List.copyOf(waves);
  }

  /** Bytes of all files of the published waves. */
  long bytesWritten() {
    return waves.stream().mapToLong(Published::bytes).sum();
  }
}
