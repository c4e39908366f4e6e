package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.jobs.CommandRun;
import org.vectormill.jobs.SparkTest;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableManifest;

/** What {@code --retrain} puts in the place of what was there, and what it leaves alone. */
class RetrainJobTest extends SparkTest {
  private static final Configuration CONF = new Configuration();
  private static final int DIMENSION = 6;

  private final CommandRun command = new CommandRun();

  private int run(String... options) {
    return runOn("vectors", options);
  }

  private int runOn(String input, String... options) {
    List<String> arguments = new ArrayList<>(List.of("cluster", "--input", path(input)));
    arguments.addAll(List.of("--output", path("out"), "--threads", "1"));
    arguments.addAll(List.of(options));
    return command.code(arguments);
  }

  private void cluster(String... options) {
    assertEquals(0, run(options), command::err);
  }

  private int deep(String... more) {
    List<String> options = new ArrayList<>(List.of("--algorithm", "dec", "--layers", "16,3"));
    options.addAll(List.of("--epochs", "5", "--batch", "32", "--max-refreshes", "2"));
    options.addAll(List.of("--k", "3"));
    options.addAll(List.of(more));
    return run(options.toArray(String[]::new));
  }

  private void vectors(String metric) {
    new VectorWaves(path("vectors"), DIMENSION, metric)
        .wave(List.of(VectorWaves.groups(0, 300, 3, DIMENSION, 5)));
  }

  private Table table(String name) {
    return Table.open(CONF, path("out/" + name));
  }

  /** The manifest, which the file beside the table and each file's footer must say as well. */
  private TableManifest manifest(String name) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Table table = table(name);
    JsonNode told = json.readTree(table.footer().get(TableManifest.FOOTER_KEY));
    Path beside = dir.resolve("out").resolve(name).resolve(TableManifest.FILE_NAME);
    assertEquals(told, json.readTree(beside.toFile()), name);
    List<DataFile> newest = table.files(table.waves().get(table.waves().size() - 1));
    for (DataFile file : newest) {
      assertEquals(told, json.readTree(footer(file)), file.path());
    }
    return table.manifest();
  }

  private static String footer(DataFile file) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.path()), CONF))) {
      return reader
          .getFooter()
          .getFileMetaData()
          .getKeyValueMetaData()
          .get(TableManifest.FOOTER_KEY);
    }
  }

  @ParameterizedTest
  @CsvSource({"cosine,l2", "l2,cosine"})
  void anotherMetricIsThatOfTheTables(String first, String second) throws IOException {
    vectors("cosine");
    cluster("--k", "3", "--metric", first);
    assertEquals(first, manifest("centroids").metric());
    Path file = dir.resolve("out/clusters").resolve(TableManifest.FILE_NAME);
    String before = Files.readString(file);
    cluster("--k", "2", "--metric", second, "--retrain");
    // As a run leaves it that is ended right after its commit.
    Files.writeString(file, before);
    cluster("--k", "2", "--metric", second, "--retrain");
    assertTrue(command.out().contains("Nothing to do"), command.out());
    for (String name : List.of("clusters", "centroids")) {
      assertEquals(second, manifest(name).metric(), name);
    }
    for (String name : List.of("clusters", "centroids", "metrics")) {
      assertEquals("2", manifest(name).options().get("k"), name);
    }
    assertEquals(second.equals("cosine"), manifest("centroids").normalised());
    assertEquals(2, table("centroids").current(spark).count());
    assertEquals(300, table("clusters").current(spark).count());
  }

  @Test
  void centroidsMayHaveAnotherLength() throws IOException {
    vectors("cosine");
    cluster("--k", "3");
    assertEquals(DIMENSION, manifest("centroids").dimension());
    assertEquals(0, deep("--retrain"), command::err);
    assertEquals(3, manifest("centroids").dimension());
    assertEquals("l2", manifest("clusters").metric());
    for (Row row : table("centroids").current(spark).collectAsList()) {
      assertEquals(3, row.getList(row.fieldIndex("vector")).size());
    }
    assertEquals(0, deep("--layers", "16,4", "--retrain"), command::err);
    assertEquals(4, manifest("centroids").dimension());
  }

  @Test
  void aTrainingThatFailedHasSaidNothingOfTheTable() throws IOException {
    vectors("cosine");
    assertEquals(4, deep("--clustering-rate", "1e30"), command::err);
    cluster("--k", "3", "--metric", "cosine");
    assertEquals("cosine", manifest("clusters").metric());
    assertEquals("kmeans", manifest("clusters").options().getOrDefault("algorithm", "kmeans"));
  }

  @Test
  void aTrainingThatFailsLeavesTheNetworkThatWasThere() throws IOException {
    vectors("cosine");
    assertEquals(0, deep("--seed", "1"), command::err);
    Path network = dir.resolve("out/pretrained.safetensors");
    byte[] before = Files.readAllBytes(network);
    TableManifest told = manifest("clusters");
    assertEquals(4, deep("--seed", "2", "--clustering-rate", "1e30", "--retrain"), command::err);
    assertArrayEquals(before, Files.readAllBytes(network));
    assertEquals(told, manifest("clusters"));
    assertEquals(0, deep("--seed", "2", "--retrain"), command::err);
    assertFalse(java.util.Arrays.equals(before, Files.readAllBytes(network)));
  }

  @Test
  void refusesVectorsOfAnotherEncoderBeforeItTrains() {
    vectors("l2");
    cluster("--k", "3");
    new VectorWaves(path("others"), 4, "l2").wave(List.of(VectorWaves.groups(0, 90, 3, 4, 5)));
    for (String why : List.of("--seed=1", "--dry-run")) {
      assertEquals(2, runOn("others", "--k", "2", "--retrain", why), command::err);
      assertTrue(command.err().contains("of encoder e6"), command.err());
      assertTrue(command.err().contains("are of e4"), command.err());
      command.clear();
    }
  }

  @ParameterizedTest
  @CsvSource({"cosine,l2", "l2,cosine"})
  void numbersAreNotKeptFromOneMetricToAnother(String first, String second) throws IOException {
    vectors("l2");
    cluster("--k", "3", "--metric", first);
    byte[] model = Files.readAllBytes(dir.resolve("out/model.safetensors"));
    assertEquals(2, run("--k", "3", "--metric", second, "--retrain", "--keep-numbers"));
    assertTrue(command.err().contains("--keep-numbers"), command.err());
    assertTrue(command.err().contains("metric " + first), command.err());
    assertArrayEquals(model, Files.readAllBytes(dir.resolve("out/model.safetensors")));
  }

  @Test
  void unitVectorsKeepNumbersWhateverTheMetric() {
    VectorWaves.Part part = VectorWaves.groups(0, 300, 3, DIMENSION, 5);
    for (float[] vector : part.vectors()) {
      double sum = 0;
      for (float value : vector) {
        sum += (double) value * value;
      }
      for (int i = 0; i < vector.length; i++) {
        vector[i] /= (float) Math.sqrt(sum);
      }
    }
    new VectorWaves(path("vectors"), DIMENSION, "cosine").wave(List.of(part));
    cluster("--k", "3", "--restarts", "5");
    List<Row> before = clusters();
    cluster("--k", "3", "--restarts", "5", "--metric", "l2", "--retrain", "--keep-numbers");
    assertEquals(before, clusters());
  }

  private List<Row> clusters() {
    return table("clusters").current(spark).select("id", "cluster").orderBy("id").collectAsList();
  }
}
