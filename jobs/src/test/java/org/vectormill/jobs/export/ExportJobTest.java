package org.vectormill.jobs.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.SparkTest;
import org.vectormill.jobs.tables.TableFolder;
import org.vectormill.jobs.tables.VectorTables;

class ExportJobTest extends SparkTest {

  private final CommandRun command = new CommandRun();

  @BeforeEach
  void writeTable() {
    VectorTables vectors = new VectorTables(path("vectors"));
    vectors.wave(List.of("a", "b", "c"));
    vectors.wave(List.of("a", "d"), "a");
    vectors.remove("c");
  }

  private int export(String output, String... further) {
    String[] all =
        Stream.concat(
                Stream.of("export", "--input", path("vectors"), "--output", output),
                Stream.of(further))
            .toArray(String[]::new);
    return command.code(all);
  }

  @Test
  void writesCurrentRowsAsPlainFilesAndNothingElse() throws Exception {
    Path output = dir.resolve("plain");
    assertEquals(0, export(output.toString(), "--files", "1"), command::err);
    Set<String> files = TableFolder.files(output);
    assertEquals(1, files.size(), files::toString);
    assertTrue(files.iterator().next().matches("part-.*\\.parquet"), files::toString);
    Set<String> ids = new TreeSet<>();
    spark
        .read()
        .parquet(output.toString())
        .collectAsList()
        .forEach(row -> ids.add(row.getString(0) + row.getList(3).get(0)));
    assertEquals(
        Set.of(
            "a" + VectorTables.vector("a", 2)[0],
            "b" + VectorTables.vector("b", 1)[0],
            "d" + VectorTables.vector("d", 2)[0]),
        ids);
    assertTrue(command.out().contains("3 rows in 1 files"), command.out());
  }

  @Test
  void refusesADirectoryThatIsThere() throws Exception {
    Path output = Files.createDirectory(dir.resolve("there"));
    assertEquals(2, export(output.toString()));
    assertTrue(command.err().contains("is there already"), command.err());
  }

  @Test
  void refusesADirectoryInTheTableAndNoOther() {
    for (String output : List.of("vectors", "vectors/plain", "vectors//a/b", "x/../vectors/a")) {
      command.clear();
      assertEquals(2, export(dir + "/" + output), output);
      assertTrue(command.err().contains("lies in the table"), command.err());
    }
    assertEquals(2, export(dir.resolve("vectors").toUri() + "/plain"));
    assertEquals(0, export(dir + "/vectorsx"), command::err);
  }

  @Test
  void writesNothingInADryRun() {
    Path output = dir.resolve("plain");
    assertEquals(0, export(output.toString(), "--dry-run"), command::err);
    assertFalse(Files.exists(output));
    assertTrue(command.out().contains("write 3 rows"), command.out());
  }
}
