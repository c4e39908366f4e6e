package org.vectormill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong command line is told to logs and result files that others read. */
class SecretsTest {
  @TempDir Path dir;

  private final CommandRun command = new CommandRun();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest --input c s3a://AKIA:secretpw@bucket/x --output t",
        "ingest --inptu s3a://AKIA:secretpw@bucket/x --output t",
        "ingest --input=c --inptu=s3a://AKIA:secretpw@bucket/x --output t",
        "ingest --input hdfs://user:abc/secretpw@localhost/x --output t",
        "ingest --input hdfs://user:abc#secretpw@localhost/x --output t",
        "ingest --input hdfs://user:12345secretpw@localhost/x --output t",
        "ingest --input hdfs://user:a@secretpw@localhost/x --output t",
        "ingest --input hdfs://user:a,secretpw@localhost/x --output t",
        "ingest --input c --output t --seed s3a://AKIA:secretpw@bucket/x",
        "ingest --input c --output t --run-id s3a://AKIA:secretpw@bucket/x",
        "ingest --input c --output t --config s3a://AKIA:secretpw@bucket/x",
        "ingest --input c --output t --master spark://AKIA:secretpw@bucket/x",
        "ingest --input c --inptu https://host/x?sig=secretpw --output t",
      })
  void showsNoPasswordOfACommandLine(String line) throws Exception {
    Path result = dir.resolve("result.json");
    List<String> args = new ArrayList<>(List.of(line.split(" ")));
    args.add("--result=" + result);
    assertEquals(2, command.code(args), command::err);
    String written = Files.readString(result);
    assertFalse(command.err().contains("secretpw"), command::err);
    assertFalse(written.contains("secretpw"), written);
    assertTrue(written.contains("\"exit_code\" : 2"), written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3a://AKIA:secretpw@bucket/x", "ingset s3a://AKIA:secretpw@bucket/x"})
  void showsNoPasswordWhereNoJobIsNamed(String line) {
    assertEquals(2, command.code(line.split(" ")));
    assertFalse(command.err().contains("secretpw"), command::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--input c", "--inptu c"})
  void showsNoPasswordOfTheResultFile(String input) {
    String line = "ingest " + input + " --output t --result s3a://AKIA:secretpw@bucket/x";
    assertEquals(2, command.code(line.split(" ")), command::err);
    assertFalse(command.err().contains("secretpw"), command::err);
  }
}
