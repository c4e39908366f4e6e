package org.vectormill.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Spark standalone master and workers on loopback, each a JVM of its own, from Spark's jars as
 * Maven resolves them; ports are the system's choice. Closing it ends every process.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Pattern MASTER_UP =
      Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern WORKER_UP = Pattern.compile("Successfully registered with master");

  private final Path directory;
  private final Path sparkHome;
  private final List<ServerProcess> processes = new ArrayList<>();
  private final List<ServerProcess> workers = new ArrayList<>();
  private final WorkerShape shape;
  private int started;
  private String master;

  /**
   * What a worker has.
   *
   * @param gpus pretended devices, their addresses counted on from worker to worker
   */
  record WorkerShape(int cores, int gpus) {}

  private StandaloneCluster(Path directory, Path sparkHome, WorkerShape shape) {
    this.directory = directory;
    this.sparkHome = sparkHome;
    this.shape = shape;
  }

  /**
   * Starts a master and workers of one core each, and waits until they have registered.
   *
   * @param directory for work files; new or empty
   */
  public static StandaloneCluster start(Path directory, int workers) throws IOException {
    return start(directory, workers, new WorkerShape(1, 0));
  }

  /** {@link #start(Path, int)} with workers of a shape. */
  static StandaloneCluster start(Path directory, int workers, WorkerShape shape)
      throws IOException {
    Path sparkHome =
        SparkHome.create(
            Checkout.file("jobs/target/spark-home"),
            Checkout.file("jobs/target/classpath-spark.txt"));
    StandaloneCluster cluster = new StandaloneCluster(directory, sparkHome, shape);
    try {
      cluster.startMaster();
      for (int i = 0; i < workers; i++) {
        cluster.startWorker(i);
        cluster.started = i;
      }
      cluster.processes.forEach(ServerProcess::ready);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** The master's URL. */
  public String master() {
    return master;
  }

  /**
   * Runs {@code scripts/vectormill} with this cluster's SPARK_HOME and master.
   *
   * @return exit code and output of the driver
   */
  public Outcome vectormill(String... args) throws IOException, InterruptedException {
    return vectormill(Map.of(), args);
  }

  /** {@link #vectormill(String...)} with further variables of the launcher's. */
  Outcome vectormill(Map<String, String> variables, String... args)
      throws IOException, InterruptedException {
    try (Driver driver = start(variables, args)) {
      return driver.outcome();
    }
  }

  /** Starts {@code scripts/vectormill} and doesn't wait for its end. */
  Driver start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  private Driver start(Map<String, String> variables, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Checkout.file("scripts/vectormill").toString());
    command.addAll(List.of(args));
    command.addAll(
        List.of(
            "--master",
            master,
            "--conf",
            "spark.executor.memory=1g",
            "--conf",
            "spark.ui.enabled=false"));
    Path log = Files.createTempFile(directory, "driver", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment());
    builder.environment().put("VECTORMILL_HEAP", "1g");
    builder.environment().putAll(variables);
    return new Driver(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** JVMs that run tasks now. */
  List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(ServerProcess::descendants)
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .toList();
  }

  /** Ends a worker and its executors as a kill signal does, and starts another. */
  void replaceAWorker() throws InterruptedException {
    ServerProcess lost = workers.remove(0);
    lost.close();
    startWorker(++started);
    workers.get(workers.size() - 1).ready();
  }

  /**
   * How a command ended.
   *
   * @param output of standard output and standard error together
   */
  public record Outcome(int exitCode, String output) {}

  private void startMaster() {
    List<String> command = java("org.apache.spark.deploy.master.Master");
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    ServerProcess process =
        new ServerProcess("master", command, directory, environment(), MASTER_UP);
    processes.add(process);
    master = process.ready().group(1);
  }

  private void startWorker(int number) {
    if (shape.gpus() > 0) {
      PretendedGpus.announce(directory, number, shape.gpus());
    }
    List<String> command = java("org.apache.spark.deploy.worker.Worker");
    command.addAll(List.of("--host", "127.0.0.1", "--port", "0", "--webui-port", "0"));
    command.addAll(List.of("--cores", String.valueOf(shape.cores()), "--memory", "2g"));
    command.addAll(List.of("--work-dir", directory.resolve("worker" + number).toString(), master));
    if (shape.gpus() > 0) {
      command.addAll(List.of("--properties-file", PretendedGpus.properties(directory, number)));
    }
    workers.add(
        new ServerProcess("worker " + number, command, directory, environment(), WORKER_UP));
    processes.add(workers.get(workers.size() - 1));
  }

  private List<String> java(String main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            sparkHome.resolve("jars") + "/*",
            main));
  }

  private Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        sparkHome.toString(),
        "SPARK_SCALA_VERSION",
        "2.13",
        "SPARK_LOCAL_IP",
        "127.0.0.1",
        "JAVA_HOME",
        System.getProperty("java.home"));
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
