package org.vectormill.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.Main;
import org.vectormill.jobs.ingest.read.Corpus;

/** The same rows whatever the cores and however files are cut. */
class IngestRepeatTest {
  @TempDir Path dir;

  private List<Row> rows(String master, String name, String... args) {
    SparkSession spark = SparkSession.builder().master(master).getOrCreate();
    try {
      IngestRun ingest = new IngestRun(dir.resolve(name).toString());
      ingest.run(args);
      return ingest.rows(spark);
    } finally {
      spark.stop();
    }
  }

  @Test
  void givesTheSameRowsOfTheSampleOnOneCoreAndOnFour() {
    java.io.PrintWriter none = new java.io.PrintWriter(java.io.Writer.nullWriter());
    String in = dir.resolve("in").toString();
    Main.run(none, none, "sample", "--output", in);
    String[] args = {"--input", in, "--text-unit", "line"};
    List<Row> one = rows("local[1]", "one", args);
    assertEquals(83, one.size());
    assertEquals(one, rows("local[4]", "four", args));
  }

  @Test
  void givesTheSameRowsHoweverALargeFileIsCut() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 5000; i++) {
      text.append("line ").append(i).append(i % 7 == 0 ? "\r\n" : "\n");
    }
    new Corpus(dir.resolve("in")).write("a.txt", text.toString());
    String in = dir.resolve("in").toString();
    List<Row> whole = rows("local[2]", "whole", "--input", in, "--text-unit", "line");
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    try {
      IngestRun cut = new IngestRun(dir.resolve("cut").toString());
      new IngestJob(1000).run(spark, CutOptions.lines(in, cut.uri()), CutOptions.context());
      assertEquals(whole, cut.rows(spark));
      assertEquals(5000, whole.size());
    } finally {
      spark.stop();
    }
  }
}
