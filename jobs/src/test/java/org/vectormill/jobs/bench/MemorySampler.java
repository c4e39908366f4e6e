package org.vectormill.jobs.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes this process's memory as CSV, one line a period: {@code seconds, heap_used, heap_live,
 * heap_committed, rss}, the last four in bytes. {@code heap_live} is what the last full collection
 * left, which the sampler asks for every ten seconds: a collection of young objects leaves dead
 * ones that have grown old. {@code rss} is the resident set of the whole process, from {@code
 * /proc/self/status}.
 */
final class MemorySampler {
  private static final long COLLECT_EVERY_NANOS = 10_000_000_000L;
  private final long started = System.nanoTime();
  private final PrintWriter out;
  private long collected = started - COLLECT_EVERY_NANOS;
  private long live;

  private MemorySampler(PrintWriter out) {
    this.out = out;
    out.println("seconds,heap_used,heap_live,heap_committed,rss");
  }

  /** Samples until the JVM ends. */
  static void start(Path file, Duration every) throws IOException {
    MemorySampler sampler = new MemorySampler(new PrintWriter(Files.newBufferedWriter(file)));
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "memory-sampler");
              thread.setDaemon(true);
              return thread;
            });
    long millis = every.toMillis();
    var unused = timer.scheduleAtFixedRate(sampler::sample, 0, millis, TimeUnit.MILLISECONDS);
  }

  private void sample() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    out.printf(
        "%.1f,%d,%d,%d,%d%n",
        (System.nanoTime() - started) / 1e9,
        heap.getUsed(),
        heapLive(),
        heap.getCommitted(),
        residentBytes());
    out.flush();
  }

  private long heapLive() {
    if (System.nanoTime() - collected >= COLLECT_EVERY_NANOS) {
      System.gc();
      live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      collected = System.nanoTime();
    }
    return live;
  }

  private static long residentBytes() {
    try {
      List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
      return status.stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
