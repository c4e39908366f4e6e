package org.vectormill.jobs.clustering;

import org.apache.spark.api.java.JavaSparkContext;

/** What the driver takes of a job's tasks. */
final class DriverResults {
  private static final long WITHOUT_LIMIT = 1L << 31;

  /**
   * Bytes that a job may send: nine tenths of {@code spark.driver.maxResultSize}, since Spark
   * counts what it says of tasks too.
   */
  static long most(JavaSparkContext context) {
    long limit = context.getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
    return (limit == 0 ? WITHOUT_LIMIT : limit) / 10 * 9;
  }

  private DriverResults() {}
}
