package org.vectormill.schemas;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;

/** The wave that a file is of, by the escaped URI that Spark has for it. */
final class WaveOfFile implements UDF1<String, Integer> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Map<String, Integer>> waves;
  private transient Known last;

  private WaveOfFile(Broadcast<Map<String, Integer>> waves) {
    this.waves = waves;
  }

  private record Known(String file, Integer wave) {}

  static WaveOfFile of(
      SparkSession spark, List<WaveCommit> waves, Function<WaveCommit, List<DataFile>> part) {
    Map<String, Integer> byPath = new HashMap<>();
    for (WaveCommit wave : waves) {
      part.apply(wave).forEach(file -> byPath.put(file.path(), wave.wave()));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return new WaveOfFile(context.broadcast(byPath));
  }

  /** Rows come file by file, so that few calls look further than the one before. */
  @Override
  public Integer call(String escaped) {
    Known known = last;
    if (known == null || !known.file.equals(escaped)) {
      known = new Known(escaped, find(escaped));
      last = known;
    }
    return known.wave;
  }

  private Integer find(String escaped) {
    Integer wave = waves.value().get(new Path(URI.create(escaped)).toString());
    if (wave == null) {
      // A row without a wave could neither be kept nor hidden.
      throw new VectormillException(
          Fault.BUG, "file " + escaped + " is in no commit that is read; please report it");
    }
    return wave;
  }
}
