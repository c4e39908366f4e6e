package org.vectormill.jobs.failure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vectormill.jobs.Main;

/** One command in a JVM of its own, which a test may end at any moment. */
public final class ChildRun implements AutoCloseable {
  private static final long MINUTES = 5;

  private final Process process;
  private final Path log;

  private ChildRun(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param properties {@code -D} options
   * @param tasks cores of the local master
   */
  public static ChildRun start(Path log, int tasks, List<String> properties, List<String> command)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx1g");
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add") || option.startsWith("-D"))
        .filter(option -> !option.contains("surefire"))
        .forEach(line::add);
    line.addAll(properties);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(command);
    line.addAll(List.of("--master", "local[" + tasks + "]"));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return new ChildRun(builder.start(), log);
  }

  /** Waits for the end and returns the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      throw new IllegalStateException("still running: " + output());
    }
    return process.exitValue();
  }

  /** Waits until it ends or so many milliseconds have passed; true where it ended by itself. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
