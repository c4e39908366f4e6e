package org.vectormill.jobs.wave;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.VectormillException;

/** Tells {@code clean} that a run is alive while its units are worked on. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("org.vectormill");
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);

  private Heartbeat() {}

  static Heartbeat of(Staging staging) {
    Heartbeat heartbeat = new Heartbeat();
    long seconds = EVERY.toSeconds();
    var unused =
        heartbeat.timer.scheduleWithFixedDelay(
            () -> beat(staging), seconds, seconds, TimeUnit.SECONDS);
    return heartbeat;
  }

  /** A beat that fails is not the run's end: the next may pass, and work goes on. */
  private static void beat(Staging staging) {
    try {
      staging.beat();
    } catch (VectormillException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "vectormill-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
