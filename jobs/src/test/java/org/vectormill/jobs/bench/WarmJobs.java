package org.vectormill.jobs.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.Main;

/**
 * Runs one command line after another in one JVM and one Spark session, so that a benchmark can
 * measure jobs apart from the start of both. Arguments: the Spark master, then {@code KEY=VALUE}
 * settings. Each line on standard input is a command line, its arguments separated by tabs; the
 * answer's last line is {@code @done EXIT_CODE SECONDS}. The first line that is printed is {@code
 * @ready}. With the system property {@code vectormill.bench.memory} set to a file, memory is sampled
 * into it (see {@link MemorySampler}).
 */
public final class WarmJobs {
  private static final Duration SAMPLE_EVERY = Duration.ofMillis(500);

  public static void main(String[] args) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    String memory = System.getProperty("vectormill.bench.memory");
    try (SparkSession spark = session(args)) {
      out.println("@ready " + spark.version());
      if (memory != null) {
        MemorySampler.start(Path.of(memory), SAMPLE_EVERY);
      }
      serve(out, err);
    }
    System.exit(0);
  }

  private static SparkSession session(String[] args) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("vectormill bench")
            .master(args[0])
            .config("spark.sql.session.timeZone", "UTC");
    for (int i = 1; i < args.length; i++) {
      String[] setting = args[i].split("=", 2);
      builder.config(setting[0], setting[1]);
    }
    return builder.getOrCreate();
  }

  private static void serve(PrintWriter out, PrintWriter err) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      long start = System.nanoTime();
      int code = Main.run(out, err, line.split("\t", -1));
      out.printf("@done %d %.3f%n", code, (System.nanoTime() - start) / 1e9);
    }
  }

  private WarmJobs() {}
}
