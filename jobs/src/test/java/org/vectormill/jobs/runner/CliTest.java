package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableManifest;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CliTest {
  private static SparkSession spark;

  private final FakeMain fake = new FakeMain();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path dir;

  @Command(name = "vectormill", mixinStandardHelpOptions = true)
  static final class Root {}

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private int run(String... args) {
    CommandLine root = new CommandLine(new Root()).addSubcommand(fake);
    return new Cli(root, new PrintWriter(out, true), new PrintWriter(err, true)).run(args);
  }

  private String config(String yaml) throws IOException {
    return Files.writeString(dir.resolve("job.yaml"), yaml).toString();
  }

  private String lastErrorLine() {
    List<String> lines = err.toString().lines().toList();
    return lines.get(lines.size() - 1);
  }

  @Test
  void refusesAPasswordInAUriAndDoesNotRepeatIt() {
    assertEquals(2, run("fake", "--input", "s3a://key:hush@bucket/a"));
    assertTrue(lastErrorLine().contains("--input: a URI with a user and password"), err.toString());
    assertFalse(err.toString().contains("hush"), err.toString());
    assertEquals(0, run("fake", "--input", "abfs://container@account/a:b@c"));
  }

  @Test
  void recordsNoSignatureOfAWebAddress() {
    assertEquals(0, run("fake", "--input", "https://host/model.onnx?sig=hush"));
    assertEquals("https://host/model.onnx?sig=hush", fake.seen.input());
    assertEquals("https://host/model.onnx", fake.seen.named().get("input"));
  }

  @Test
  void runsAndPrintsTheSummary() {
    assertEquals(0, run("fake", "--input", "a"));
    assertEquals("3 rows written\n", out.toString());
    assertEquals("a", fake.seen.input());
  }

  @Test
  void givesTheJobWhatTheCommonOptionsSay() {
    run(
        "fake --input a --run-id r1 --seed 7 --max-reject-ratio 0.5 --on-reject fail --dry-run"
            .split(" "));
    assertEquals("r1", fake.context.runId());
    assertEquals(7, fake.context.seed());
    assertEquals(0.5, fake.context.maxRejectRatio());
    assertFalse(fake.context.quarantine());
    assertTrue(fake.context.dryRun());
  }

  @Test
  void makesRunIdsThatSortByTime() {
    run("fake", "--input", "a");
    assertTrue(fake.context.runId().matches("\\d{8}-\\d{6}-[0-9a-f]{8}"), fake.context.runId());
  }

  @Test
  void namesTheJobsOwnOptionsOnly() {
    run("fake", "--input", "a", "--seed", "7");
    assertEquals(
        Map.of("input", "a", "columns", "", "normalise", "false", "outcome", "done"),
        fake.seen.named());
  }

  @Test
  void readsOptionsFromTheFile() throws IOException {
    String file =
        config("input: b\ncolumns: [x, y]\nnormalise: true\nseed: 9\nconf: {spark.a: 1}\n");
    assertEquals(0, run("fake", "--config", file), err.toString());
    assertEquals("b", fake.seen.input());
    assertEquals(List.of("x", "y"), fake.seen.columns());
    assertTrue(fake.seen.normalise());
    assertEquals(9, fake.context.seed());
    assertEquals(Map.of("spark.a", "1"), fake.common.conf);
  }

  @Test
  void letsTheCommandLineWin() throws IOException {
    String file = config("input: b\ncolumns: [x, y]\nnormalise: true\n");
    run("fake", "--config=" + file, "--input=c", "--columns", "z", "--no-normalise");
    assertEquals("c", fake.seen.input());
    assertEquals(List.of("z"), fake.seen.columns());
    assertFalse(fake.seen.normalise());
  }

  @Test
  void refusesUnknownKeysWithTheNearestName() throws IOException {
    String file = config("inptu: b\n");
    assertEquals(2, run("fake", "--config", file));
    assertEquals(
        "vectormill fake: --config "
            + file
            + ": \"inptu\" is not an option of fake that a file may set; did you mean input?",
        lastErrorLine());
  }

  @Test
  void namesTheMisspeltOptionThatAnotherIsMissingFor() {
    assertEquals(2, run("fake", "--inptu", "a"));
    assertTrue(
        lastErrorLine()
            .startsWith(
                "vectormill fake: Unknown option: '--inptu'; did you mean --input?; Missing"
                    + " required option"),
        lastErrorLine());
    assertEquals(2, run("fakee"));
    assertTrue(lastErrorLine().startsWith("vectormill: Unmatched argument"), lastErrorLine());
  }

  @Test
  void refusesUnknownOptionsWithTheNearestName() {
    assertEquals(2, run("fake", "--inputt=a", "--input=b"));
    assertEquals(
        "vectormill fake: Unknown option: '--inputt=a'; did you mean --input?"
            + " (see vectormill fake --help)",
        lastErrorLine());
  }

  @Test
  void refusesUnknownJobsWithTheNearestName() {
    assertEquals(2, run("fkae"));
    assertTrue(lastErrorLine().contains("did you mean fake?"), lastErrorLine());
  }

  @ParameterizedTest
  @CsvSource({
    "--max-reject-ratio, 1.5, --max-reject-ratio must be from 0 to 1",
    "--run-id, a/b, --run-id must be",
    "--seed, many, Invalid value for option '--seed'",
    "--on-reject, drop, Invalid value for option '--on-reject'",
    "--config, /no/such.yaml, --config /no/such.yaml can't be read"
  })
  void refusesWrongCommonOptions(String option, String value, String message) {
    assertEquals(2, run("fake", "--input", "a", option, value));
    assertTrue(lastErrorLine().startsWith("vectormill fake: " + message), lastErrorLine());
  }

  @ParameterizedTest
  @CsvSource({
    "done, 0, , ",
    "usage, 2, user, --outcome must not be usage",
    "gate, 4, data, 2 of 4 items are rejects",
    "task_fails, 5, user, device gpu:3 is not there",
    "bug, 70, us, This is a bug in Vectormill",
    "stack_overflow, 70, us, This is a bug in Vectormill",
    "disk_full, 75, outside, A disk is full"
  })
  void endsWithCodeAndReason(String outcome, int code, String party, String reason)
      throws IOException {
    Path result = dir.resolve("result.json");
    assertEquals(
        code,
        run("fake", "--input", "a", "--outcome", outcome, "--result", result.toUri().toString()),
        err.toString());
    JsonNode json = new ObjectMapper().readTree(result.toFile());
    assertEquals(code, json.get("exit_code").asInt());
    assertEquals(
        outcome.equals("usage") ? null : "f00d", json.get("encoder_fingerprint").textValue());
    assertEquals(party, json.get("fault").isNull() ? null : json.get("fault").asText());
    if (reason != null) {
      assertTrue(json.get("reason").asText().startsWith(reason), json.toString());
      assertTrue(lastErrorLine().startsWith("vectormill fake: " + reason), lastErrorLine());
    }
  }

  @Test
  void writesCountsToTheResultFile() throws IOException {
    Path result = dir.resolve("new/folder/result.json");
    run("fake", "--input", "a", "--run-id", "r1", "--result", result.toString());
    JsonNode json = new ObjectMapper().readTree(result.toFile());
    assertEquals("fake", json.get("job").asText());
    assertEquals("r1", json.get("run_id").asText());
    assertEquals(3, json.get("read").asInt());
    assertEquals(3, json.get("written").asInt());
    assertEquals(0, json.get("rejected").asInt());
    assertEquals(0, json.get("already_done").asInt());
    assertEquals("red", json.get("details").get("colour").asText());
    assertEquals(spark.sparkContext().applicationId(), json.get("spark_application_id").asText());
    assertNotNull(json.get("vectormill_version").asText());
    try (var files = Files.list(result.getParent())) {
      assertEquals(List.of(result), files.toList());
    }
  }

  @Test
  void aRunThatFailedGivesNoFurtherSignsOfLife() {
    TableManifest manifest =
        new TableManifest("items", 1, null, null, null, null, null, List.of(), Map.of(), "test");
    List<Staging> open = new ArrayList<>();
    fake.whileRunning =
        () -> {
          Table table =
              Table.openOrCreate(new Configuration(false), dir.resolve("t").toString(), manifest);
          open.add(table.stage("plan", "r7"));
        };
    assertEquals(70, run("fake", "--input", "x", "--run-id", "r7", "--outcome", "BUG"));
    assertEquals(1, open.size());
    assertEquals(0, Staging.endRun("r7"), "still open");
  }

  @Test
  void replacesAnEarlierResultAtItsStart() throws IOException {
    Path result = dir.resolve("result.json");
    run("fake", "--input", "a", "--run-id", "r1", "--result", result.toString());
    List<JsonNode> seen = new ArrayList<>();
    fake.whileRunning = () -> seen.add(json(result));
    run("fake", "--input", "a", "--run-id", "r2", "--dry-run", "--result", result.toString());
    JsonNode running = seen.get(0);
    assertEquals("running", running.get("state").asText());
    assertEquals("r2", running.get("run_id").asText());
    assertTrue(running.get("dry_run").asBoolean());
    for (String unknown : List.of("exit_code", "reason", "fault", "read", "written", "seconds")) {
      assertTrue(running.get(unknown).isNull(), unknown);
    }
    JsonNode ended = json(result);
    assertEquals("ended", ended.get("state").asText());
    assertEquals(0, ended.get("exit_code").asInt());
    List<String> names = new ArrayList<>();
    ended.fieldNames().forEachRemaining(names::add);
    List<String> earlier = new ArrayList<>();
    running.fieldNames().forEachRemaining(earlier::add);
    assertEquals(names, earlier);
  }

  @Test
  void doesNotBeginWhereItsResultCannotBeWritten() {
    assertEquals(2, run("fake", "--input", "a", "--result", dir.toString()));
    assertTrue(lastErrorLine().contains("--result " + dir + " can't be written"), lastErrorLine());
    assertNull(fake.seen);
  }

  @Test
  void isWorthARetryWhereTheResultsStoreIsLost() {
    assertEquals(75, run("fake", "--input", "a", "--result", "hdfs://localhost:1/result.json"));
    assertTrue(lastErrorLine().contains("--result hdfs://localhost:1"), lastErrorLine());
    assertNull(fake.seen);
  }

  private static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesCountsOfAFailedGateToo() throws IOException {
    Path result = dir.resolve("result.json");
    run("fake", "--input", "a", "--outcome", "gate", "--result", result.toString());
    JsonNode json = new ObjectMapper().readTree(result.toFile());
    assertEquals(2, json.get("rejected").asInt());
    assertEquals(2, json.get("rejects_by_reason").get("empty").asInt());
  }

  @Test
  void writesTheResultFileOfAWrongCommandLine() throws IOException {
    Path result = dir.resolve("result.json");
    assertEquals(2, run("fake", "--nonsense", "--result=" + result));
    assertEquals(2, new ObjectMapper().readTree(result.toFile()).get("exit_code").asInt());
  }

  @Test
  void leavesASessionThatWasThereRunning() {
    run("fake", "--input", "a");
    assertFalse(spark.sparkContext().isStopped());
  }

  @Test
  void showsHelp() {
    assertEquals(0, run("fake", "--help"));
    assertTrue(out.toString().contains("Does what a test asks."), out.toString());
    assertTrue(out.toString().contains("--max-reject-ratio"), out.toString());
  }
}
