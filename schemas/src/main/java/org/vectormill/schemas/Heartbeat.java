package org.vectormill.schemas;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells {@code clean} that a run is alive, from the moment that it opens its staging directory
 * until the directory is removed or the run is over.
 */
final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger("org.vectormill");
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Those of this process that have not ended. */
  private static final Set<Heartbeat> BEATING = ConcurrentHashMap.newKeySet();

  private final Staging staging;
  private Runnable timerEnd = () -> {};
  private boolean over;

  private Heartbeat(Staging staging) {
    this.staging = staging;
  }

  /** Repeats something; what it returns ends that, without interrupting it. */
  interface Timer {
    Runnable repeat(Runnable beat);
  }

  static Heartbeat start(Staging staging, Timer timer) {
    Heartbeat heartbeat = new Heartbeat(staging);
    BEATING.add(heartbeat);
    heartbeat.timerEnd = timer.repeat(heartbeat::beat);
    return heartbeat;
  }

  /** A thread for each directory: a store that doesn't answer holds up its own beats alone. */
  static Runnable everyMinute(Runnable beat) {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);
    var unused =
        timer.scheduleWithFixedDelay(beat, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    return timer::shutdown;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "vectormill-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  /** A beat that fails is not the run's end: the next may pass, and work goes on. */
  private synchronized void beat() {
    if (over) {
      return;
    }
    try {
      staging.beatWhereItIs();
    } catch (VectormillException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Ends it; when this returns, no beat is on its way, which could make the directory again. */
  synchronized void end() {
    over = true;
    timerEnd.run();
    BEATING.remove(this);
  }

  /** Ends all that a run of this process has; returns how many those were. */
  static int endRun(String runId) {
    int ended = 0;
    for (Heartbeat heartbeat : BEATING) {
      if (heartbeat.staging.runId().equals(runId)) {
        heartbeat.end();
        ended++;
      }
    }
    return ended;
  }
}
