package org.vectormill.jobs.runner;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.VectormillException;
import scala.Tuple2;

/** Builds the Spark session of a run. */
final class Sessions {
  private static final Pattern GPU_AMOUNT = Pattern.compile("spark\\..*resource\\.gpu\\.amount");

  private static final Pattern LOCAL_CORES = Pattern.compile("local\\[([0-9]+).*");

  /**
   * Settings of a session: what spark-submit set, then {@code --conf}, then defaults for local mode
   * where there is no master.
   *
   * @throws VectormillException ({@code USAGE}) for settings under which nothing would ever run
   */
  static SparkConf configure(String job, String master, Map<String, String> conf) {
    SparkConf spark = new SparkConf().setAppName("vectormill " + job);
    conf.forEach(spark::set);
    if (master != null) {
      requireSameMaster(spark, master);
      spark.setMaster(master);
    }
    spark.setIfMissing("spark.master", "local[*]");
    spark.setIfMissing("spark.sql.session.timeZone", "UTC");
    if (isLocal(spark)) {
      localDefaults(spark);
      refuseLocalGpus(spark);
    } else if (!spark.contains("spark.submit.deployMode")) {
      throw VectormillException.usage(
          "master "
              + spark.get("spark.master")
              + " is a cluster: start this command with spark-submit, or set SPARK_HOME and use"
              + " scripts/vectormill");
    }
    return spark;
  }

  /**
   * Hadoop's settings where there is no session: those that one would have, since Hadoop keeps the
   * file systems that it opens with them for the session to come.
   */
  static Configuration hadoop(Map<String, String> conf) {
    SparkConf spark = new SparkConf();
    conf.forEach(spark::set);
    return SparkHadoopUtil.get().newConfiguration(spark);
  }

  static SparkSession open(SparkConf conf) {
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static void requireSameMaster(SparkConf spark, String master) {
    if (spark.contains("spark.submit.deployMode")
        && !spark.get("spark.master", master).equals(master)) {
      throw VectormillException.usage(
          "--master %s: spark-submit was started with master %s; give one of them"
              .formatted(master, spark.get("spark.master")));
    }
  }

  private static boolean isLocal(SparkConf spark) {
    String master = spark.get("spark.master");
    return master.equals("local") || master.startsWith("local[");
  }

  private static void localDefaults(SparkConf spark) {
    spark.setIfMissing("spark.ui.enabled", "false");
    spark.setIfMissing("spark.driver.host", "127.0.0.1");
    spark.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    // Larger results, such as a network's weights, would go through the network to this same JVM.
    spark.setIfMissing("spark.task.maxDirectResultSize", "100m");
    // Broadcasts stay in this JVM, and weights hardly get smaller.
    spark.setIfMissing("spark.broadcast.compress", "false");
    // Spark's 200 are for clusters: each is a task, and most are empty on a laptop.
    spark.setIfMissing("spark.sql.shuffle.partitions", String.valueOf(localCores(spark)));
    // Spark lists files with one task each, which takes longer than reading the small ones of
    // waves.
    spark.setIfMissing(
        "spark.sql.sources.parallelPartitionDiscovery.parallelism",
        String.valueOf(localCores(spark)));
  }

  /** Cores of an executor: a cluster's setting, or all that local mode has. */
  static int executorCores(SparkConf spark) {
    return isLocal(spark)
        ? localCores(spark)
        : spark.getInt("spark.executor.cores", spark.getInt("spark.task.cpus", 1));
  }

  private static int localCores(SparkConf spark) {
    String master = spark.get("spark.master");
    Matcher cores = LOCAL_CORES.matcher(master);
    if (cores.matches()) {
      return Integer.parseInt(cores.group(1));
    }
    return master.equals("local") ? 1 : Runtime.getRuntime().availableProcessors();
  }

  private static void refuseLocalGpus(SparkConf spark) {
    for (Tuple2<String, String> setting : spark.getAll()) {
      if (GPU_AMOUNT.matcher(setting._1()).matches()) {
        throw VectormillException.usage(
            setting._1()
                + "="
                + setting._2()
                + ": local mode has no GPU scheduling and would never start a task; leave the"
                + " setting out and choose with --device");
      }
    }
  }

  private Sessions() {}
}
