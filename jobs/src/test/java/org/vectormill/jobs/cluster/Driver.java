package org.vectormill.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command that runs against a cluster; closing it ends it. */
final class Driver implements AutoCloseable {
  private static final long MINUTES = 10;
  private static final long LOOK_EVERY_MILLIS = 50;

  private final Process process;
  private final Path log;

  Driver(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Waits for the end. */
  StandaloneCluster.Outcome outcome() throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("no end after " + MINUTES + " minutes: " + output());
    }
    return new StandaloneCluster.Outcome(process.exitValue(), output());
  }

  /** Waits until something holds; an error where the command ends before. */
  void runsUntil(BooleanSupplier holds) throws IOException, InterruptedException {
    long looks = TimeUnit.MINUTES.toMillis(MINUTES) / LOOK_EVERY_MILLIS;
    for (long i = 0; !holds.getAsBoolean(); i++) {
      if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS) || i > looks) {
        throw new IllegalStateException("it did not come to that: " + output());
      }
    }
  }

  /** Ends the driver's JVM as a kill signal does. */
  void kill() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  private String output() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
