package org.vectormill.jobs.wave;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.TableFiles;

/** The ids that staged files hold, read back from their data. */
public final class StagedIds {
  /** Count and hash over all these files. */
  public static IdSetHash of(SparkSession spark, List<DataFile> files) {
    if (files.isEmpty()) {
      return IdSetHash.EMPTY;
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    List<String> uris = files.stream().map(DataFile::path).toList();
    return context
        .parallelize(uris, Math.min(uris.size(), 2 * context.defaultParallelism()))
        .map(uri -> TableFiles.hashIds(conf.value().value(), uri))
        .reduce(IdSetHash::plus);
  }

  private StagedIds() {}
}
