package org.vectormill.jobs;

import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
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

  /** What Spark keeps in its storage, by number. */
  protected static Set<Integer> persisted() {
    JavaSparkContext java = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return Set.copyOf(java.getPersistentRDDs().keySet());
  }

  /** A path in the test's folder. */
  protected final String path(String name) {
    return dir.resolve(name).toString();
  }
}
