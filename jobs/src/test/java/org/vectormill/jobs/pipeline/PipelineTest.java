package org.vectormill.jobs.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.jobs.CommandRun;

/** Several jobs from one file. */
class PipelineTest {
  @TempDir Path dir;

  private final CommandRun command = new CommandRun();

  @BeforeEach
  void texts() throws IOException {
    Files.writeString(dir.resolve("texts.txt"), "one line\nanother line\n\na third line\n");
  }

  private int pipeline(String... steps) throws IOException {
    Path file = dir.resolve("steps.yaml");
    Files.writeString(file, "steps:\n- " + String.join("\n- ", steps) + "\n");
    return command.code("pipeline", file.toString(), "--master", "local[2]");
  }

  private String ingest(String more) {
    return "ingest: {input: %s/texts.txt, output: %s/items, text-unit: line%s}"
        .formatted(dir, dir, more);
  }

  private String embed() {
    return "embed: {input: %s/items, output: %s/vectors, encoder: 'builtin:text'}"
        .formatted(dir, dir);
  }

  @Test
  void runsStepAfterStepInOneSessionAndHasNothingToDoTheSecondTime() throws IOException {
    assertEquals(0, pipeline(ingest(", max-reject-ratio: 1"), embed()), command::err);
    assertTrue(command.out().contains("Step 1 of 2: ingest"), command.out());
    assertTrue(command.out().contains("3 items written in wave 1, 1 rejected"), command.out());
    assertTrue(Files.exists(dir.resolve("vectors/_vectormill/commits/00001.json")));
    assertFalse(SparkSession.getDefaultSession().isDefined(), "the session is stopped");
    command.clear();
    assertEquals(0, pipeline(ingest(", max-reject-ratio: 1"), embed()), command::err);
    assertTrue(command.out().contains("Nothing to do: all 3 items"), command.out());
  }

  @Test
  void endsWithTheFirstStepThatFails() throws IOException {
    assertEquals(4, pipeline(ingest(", max-reject-ratio: 0"), embed()));
    assertTrue(
        command.err().contains("step 1 of 2, ingest, ended with exit code 4"), command.err());
    assertFalse(Files.exists(dir.resolve("vectors")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embde: {input: x} | step 2: embde is no job; did you mean embed?",
        "embed: {inptu: x} | step 2: \"inptu\" is not an option of embed",
        "embed: {input: x} | step 2: Missing required option",
        "encoders: {} | step 2: encoders is no job",
        "[embed] | step 2: expected one job's name",
        "embed: {input: x, output: y, encoder: 'builtin:text', master: local} | step 2: master is"
      })
  void checksEveryStepBeforeTheFirstRuns(String step, String message) throws IOException {
    assertEquals(2, pipeline(ingest(""), step));
    assertTrue(command.err().contains(message), command.err());
    assertFalse(Files.exists(dir.resolve("items")));
  }
}
