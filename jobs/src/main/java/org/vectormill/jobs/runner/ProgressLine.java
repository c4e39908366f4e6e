package org.vectormill.jobs.runner;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * Progress on standard error: one line that updates on a terminal, a plain line every ten seconds
 * elsewhere. Silent where it has been sent to a task.
 */
final class ProgressLine implements RunContext.Progress {
  private static final long serialVersionUID = 1L;
  private static final long TERMINAL_INTERVAL_NANOS = 200_000_000L;
  private static final long PLAIN_INTERVAL_NANOS = 10_000_000_000L;
  private static final String LINE_START = "\r\u001b[K";

  private final transient PrintWriter out;
  private final transient LongSupplier nanos;
  private final boolean terminal;
  private String stage;
  private String unit;
  private String words = "";
  private long total;
  private long done;
  private long startedAt;
  private long printedAt;

  ProgressLine(PrintWriter out, boolean terminal, LongSupplier nanos) {
    this.out = out;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  /** The launcher knows whether standard error is a terminal; a JVM can't tell. */
  static ProgressLine onStandardError(PrintWriter err) {
    return new ProgressLine(err, Boolean.getBoolean("vectormill.terminal"), System::nanoTime);
  }

  @Override
  public synchronized void start(String stage, long total, String what) {
    finishStage();
    this.stage = stage;
    this.unit = what;
    words = "";
    this.total = total;
    done = 0;
    startedAt = now();
    printedAt = startedAt;
    if (terminal) {
      print();
    }
  }

  @Override
  public synchronized void advance(long more) {
    done += more;
    long interval = terminal ? TERMINAL_INTERVAL_NANOS : PLAIN_INTERVAL_NANOS;
    if (stage != null && now() - printedAt >= interval) {
      print();
    }
  }

  @Override
  public synchronized void note(String about) {
    words = about;
  }

  @Override
  public synchronized void close() {
    finishStage();
  }

  private void finishStage() {
    if (stage != null && (terminal || printedAt != startedAt)) {
      print();
      if (terminal && out != null) {
        out.println();
        out.flush();
      }
    }
    stage = null;
  }

  private void print() {
    printedAt = now();
    if (out == null) {
      return;
    }
    if (terminal) {
      out.print(LINE_START + line());
    } else {
      out.println(line());
    }
    out.flush();
  }

  private String line() {
    String line = numbers();
    return words.isEmpty() ? line : line + "; " + words;
  }

  private String numbers() {
    double seconds = Math.max(1e-3, (printedAt - startedAt) / 1e9);
    double rate = done / seconds;
    // Units that take seconds each would have a rate of 0.
    String speed = rate >= 1 || done == 0 ? "%,.0f/s".formatted(rate) : each(1 / rate);
    String text =
        total > 0
            ? "%s: %,d of %,d %s (%d %%), %s"
                .formatted(stage, done, total, unit, 100 * done / total, speed)
            : "%s: %,d %s, %s".formatted(stage, done, unit, speed);
    return total > done && done > 0 ? text + ", " + left((total - done) / rate) + " left" : text;
  }

  private static String each(double seconds) {
    return "%.1f s each".formatted(seconds);
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : whole < 3600
            ? "%d min %02d s".formatted(whole / 60, whole % 60)
            : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
  }

  private long now() {
    return nanos == null ? 0 : nanos.getAsLong();
  }
}
