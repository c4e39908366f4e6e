package org.vectormill.jobs.embed;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.pool.EncoderPool;

/** Items, and a model that reads texts or images. */
final class ItemSource {
  static EmbedSource of(SparkSession spark, EmbedOptions options, Configuration conf) {
    EncoderSpec spec = EncoderPool.resolve(options.encoder(), conf);
    RuntimeOptions runtime = options.runtime();
    return new EmbedSource(
        spec,
        () -> dimension(spark, spec, runtime),
        UnitRows.of(spec),
        new EmbedWork(spec, runtime, spec.fingerprint()));
  }

  /** Loads the encoder in a task, on the device that tasks use, and asks it. */
  private static int dimension(SparkSession spark, EncoderSpec spec, RuntimeOptions runtime) {
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(List.of(spec), 1)
        .map(
            one ->
                one.modality() == Modality.TEXT
                    ? EncoderPool.text(one, runtime, conf.value().value()).dimension()
                    : EncoderPool.image(one, runtime, conf.value().value()).dimension())
        .first();
  }

  private ItemSource() {}
}
