package org.vectormill.jobs.runner;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A Spark session that several jobs of one process run in, one after the other. */
public final class SharedSession implements AutoCloseable {
  private final SparkSession spark;
  private final boolean own;

  private SharedSession(SparkSession spark, boolean own) {
    this.spark = spark;
    this.own = own;
  }

  /**
   * @param name of the application
   * @param master null for what spark-submit says, else local mode
   * @param conf Spark settings
   */
  public static SharedSession open(String name, String master, Map<String, String> conf) {
    boolean there = SparkSession.getDefaultSession().isDefined();
    return new SharedSession(Sessions.open(Sessions.configure(name, master, conf)), !there);
  }

  @Override
  public void close() {
    if (own) {
      spark.stop();
    }
  }
}
