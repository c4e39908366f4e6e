package org.vectormill.jobs.runner;

import java.io.Serializable;
import org.vectormill.schemas.WaveCommit;

/**
 * What the runner tells a job about this run.
 *
 * @param runId names the run in staging, rejects and commits
 * @param seed for everything random
 * @param maxRejectRatio the run fails where rejected / (written + rejected) is above it, 0..1
 * @param quarantine whether rejects are published ({@code --on-reject quarantine}) or the first one
 *     fails the run ({@code fail})
 * @param dryRun check everything, print the plan, touch nothing
 * @param progress where work done is reported; driver only
 */
public record RunContext(
    String runId,
    long seed,
    double maxRejectRatio,
    boolean quarantine,
    boolean dryRun,
    Progress progress) {
  /** Reports progress on the driver. */
  public interface Progress extends AutoCloseable, Serializable {
    /** Starts a stage of {@code total} units of work named {@code what} (files, rows, …). */
    void start(String stage, long total, String what);

    /** {@code done} more units of work are finished. */
    void advance(long done);

    /** A few words about the last unit, shown beside the numbers until there are others. */
    default void note(String words) {}

    /**
     * The fingerprint of the encoder that this run encodes with, said as soon as it is known: it
     * belongs into the result, of a failed run too.
     */
    default void encoder(String fingerprint) {}

    /** A wave of a table is published: its files, bytes and number belong into the result. */
    default void published(String table, WaveCommit wave) {}

    @Override
    void close();
  }
}
