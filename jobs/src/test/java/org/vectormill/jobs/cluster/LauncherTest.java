package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/vectormill in made-up homes, where java and spark-submit only print their arguments. */
class LauncherTest {
  private static final String PRINT_ARGUMENTS =
      """
      #!/usr/bin/env bash
      case "$*" in *XshowSettings*) echo "    java.specification.version = VERSION" >&2; exit 0 ;; esac
      printf '%s\\n' "$@"
      """;

  @TempDir Path dir;

  private Path launcher;
  private Path java;

  @BeforeEach
  void makeHomes() throws IOException {
    launcher = dir.resolve("home/bin/vectormill");
    Files.createDirectories(launcher.getParent());
    Files.copy(Checkout.file("scripts/vectormill"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(dir.resolve("home/lib"));
    Files.writeString(dir.resolve("home/lib/vectormill-1.jar"), "");
    java = script("java/bin/java", PRINT_ARGUMENTS.replace("VERSION", "17"));
    script("spark/bin/spark-submit", PRINT_ARGUMENTS);
  }

  private Path script(String name, String content) throws IOException {
    Path script = dir.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, content);
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  private StandaloneCluster.Outcome run(Map<String, String> env, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("(SPARK|VECTORMILL)_.*"));
    builder.environment().put("JAVA_HOME", dir.resolve("java").toString());
    builder.environment().putAll(env);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new StandaloneCluster.Outcome(process.waitFor(), output);
  }

  private Map<String, String> spark() {
    return Map.of("SPARK_HOME", dir.resolve("spark").toString());
  }

  @Test
  void startsJavaWithSparkFromTheLocalArchive() throws Exception {
    Files.createDirectories(dir.resolve("home/lib/spark"));
    StandaloneCluster.Outcome outcome = run(Map.of("VECTORMILL_HEAP", "2g"), "embed", "--x", "a b");
    List<String> args = outcome.output().lines().toList();
    assertEquals(0, outcome.exitCode(), outcome.output());
    assertTrue(args.contains("-Xmx2g"), outcome.output());
    assertEquals(
        List.of("org.vectormill.jobs.Main", "embed", "--x", "a b"),
        args.subList(args.size() - 4, args.size()));
    String classPath = args.get(args.indexOf("-cp") + 1);
    assertTrue(
        classPath.endsWith("/home/lib/vectormill-1.jar:" + home() + "/lib/spark/*"), classPath);
  }

  private String home() throws IOException {
    return dir.resolve("home").toRealPath().toString();
  }

  @Test
  void submitsTheOneJarWhereSparkHomeIsSet() throws Exception {
    StandaloneCluster.Outcome outcome =
        run(spark(), "embed", "--master", "spark://host:7077", "--dry-run");
    List<String> args = outcome.output().lines().toList();
    assertEquals(List.of("--master", "spark://host:7077"), args.subList(0, 2));
    assertEquals(
        List.of(
            "--class",
            "org.vectormill.jobs.Main",
            home() + "/lib/vectormill-1.jar",
            "embed",
            "--master",
            "spark://host:7077",
            "--dry-run"),
        args.subList(args.size() - 7, args.size()));
  }

  @Test
  void leavesTheMasterToSparkWhereNoneIsNamed() throws Exception {
    StandaloneCluster.Outcome outcome = run(spark(), "embed");
    assertTrue(outcome.output().startsWith("--driver-memory\n4g\n"), outcome.output());
  }

  @Test
  void passesFurtherSubmitOptions() throws Exception {
    Map<String, String> env =
        Map.of(
            "SPARK_HOME",
            dir.resolve("spark").toString(),
            "VECTORMILL_SUBMIT",
            "--num-executors 4");
    assertTrue(run(env, "embed").output().contains("--num-executors\n4\n--class\n"));
  }

  @Test
  void followsSymbolicLinks() throws Exception {
    Files.createSymbolicLink(dir.resolve("link"), launcher);
    launcher = dir.resolve("link");
    assertTrue(run(spark(), "embed").output().contains(home() + "/lib/vectormill-1.jar"));
  }

  @Test
  void refusesAClusterWithoutSparkHome() throws Exception {
    StandaloneCluster.Outcome outcome = run(Map.of(), "embed", "--master=yarn");
    assertEquals(2, outcome.exitCode());
    assertEquals(
        "vectormill: --master yarn is a cluster: set SPARK_HOME to a Spark distribution\n",
        outcome.output());
  }

  @Test
  void refusesAJavaThatIsTooOld() throws Exception {
    Files.createDirectories(dir.resolve("home/lib/spark"));
    Files.writeString(java, PRINT_ARGUMENTS.replace("VERSION", "11"));
    StandaloneCluster.Outcome outcome = run(Map.of(), "embed");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.output().contains("is Java 11, needs 17 or newer"), outcome.output());
  }

  @Test
  void namesTheLocalArchiveWhereThereIsNoSpark() throws Exception {
    StandaloneCluster.Outcome outcome = run(Map.of(), "embed");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.output().contains("take the -local archive"), outcome.output());
  }

  @Test
  void asksForABuildInACheckoutThatHasNone() throws Exception {
    Files.writeString(dir.resolve("home/pom.xml"), "");
    StandaloneCluster.Outcome outcome = run(Map.of(), "embed");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.output().contains("run mvn -DskipTests package first"), outcome.output());
    assertTrue(run(spark(), "embed").output().contains("run mvn -DskipTests package first"));
  }
}
