package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors tables that Spark's own Parquet writer made. */
class SparkVectorFilesTest {
  private static SparkSession spark;

  @TempDir Path dir;

  @BeforeAll
  static void startSpark() {
    spark = SparkSession.builder().master("local[1]").getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource({"snappy,false,false", "zstd,true,false", "zstd,false,true", "none,true,true"})
  void readsWhatSparkWrites(String codec, boolean dictionary, boolean legacy) throws Exception {
    spark.conf().set("spark.sql.parquet.writeLegacyFormat", legacy);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(RowFactory.create("id" + i, "h", "e", vector(i), i % 2 == 0 ? i : null, false));
    }
    String uri = dir.resolve("table").toString();
    spark
        .createDataFrame(rows, VectorColumns.SCHEMA)
        .coalesce(1)
        .write()
        .option("compression", codec)
        .option("parquet.enable.dictionary", dictionary)
        .parquet(uri);
    try (Stream<Path> files = Files.list(Path.of(uri));
        TableReader<VectorRows> reader =
            TableFiles.readVectors(
                new Configuration(),
                files
                    .filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow()
                    .toString())) {
      VectorRows read = reader.read(0);
      assertEquals(500, read.rows());
      for (int i = 0; i < 500; i++) {
        assertEquals("id" + i, read.ids()[i]);
        assertEquals(i % 2 == 0 ? i : -1, read.tokens()[i]);
        for (int j = 0; j < 33; j++) {
          assertEquals(vector(i)[j], read.values()[i * 33 + j]);
        }
      }
    }
  }

  private static float[] vector(int row) {
    float[] vector = new float[33];
    for (int j = 0; j < vector.length; j++) {
      vector[j] = (row * 33 + j) / 16f;
    }
    return vector;
  }
}
