package org.vectormill.jobs;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a Spark session for the class and a folder for each test. */
public abstract class SparkTest {
  protected static SparkSession spark;

  @TempDir protected Path dir;

  @BeforeAll
  protected static void startSpark() {
    spark = SparkSession.builder().master("local[2]").getOrCreate();
  }

  @AfterAll
  protected static void stopSpark() {
    spark.stop();
  }

  /** A path in the test's folder. */
  protected final String path(String name) {
    return dir.resolve(name).toString();
  }
}
