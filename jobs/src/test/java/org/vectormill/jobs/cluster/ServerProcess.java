package org.vectormill.jobs.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A child process whose output is read line by line, and that never outlives its owner. */
public final class ServerProcess implements AutoCloseable {
  private static final long WAIT_SECONDS = 300;

  private final String name;
  private final Process process;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<Matcher> awaited = new CompletableFuture<>();
  private final Map<String, CompletableFuture<Void>> answers = new ConcurrentHashMap<>();

  /**
   * Starts a process.
   *
   * @param awaited the line that says that it is ready
   */
  public ServerProcess(
      String name, List<String> command, Path directory, Map<String, String> env, Pattern awaited) {
    this.name = name;
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SPARK_"));
    builder.environment().putAll(env);
    try {
      process = builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(() -> read(awaited), name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Pattern wanted) {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        CompletableFuture<Void> answer = answers.get(line);
        if (answer != null) {
          answer.complete(null);
        }
        Matcher matcher = wanted.matcher(line);
        if (matcher.find()) {
          awaited.complete(matcher);
        }
      }
    } catch (IOException e) {
      lines.add(e.toString());
    }
    awaited.completeExceptionally(new IllegalStateException(name + " ended:\n" + output()));
  }

  /** Writes a line to its standard input and waits for the line that it answers. */
  public void tell(String line, String answer) {
    CompletableFuture<Void> answered =
        answers.computeIfAbsent(answer, key -> new CompletableFuture<>());
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(name + ":\n" + output(), e);
    }
    answered.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Processes that it started. */
  Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** The awaited line's match; waits for it. */
  public Matcher ready() {
    return awaited
        .orTimeout(WAIT_SECONDS, TimeUnit.SECONDS)
        .exceptionally(
            e -> {
              throw new IllegalStateException(name + " did not come up:\n" + output(), e);
            })
        .join();
  }

  /** All lines up to now. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
