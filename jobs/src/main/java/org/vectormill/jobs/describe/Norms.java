package org.vectormill.jobs.describe;

import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.RowGroup;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableReader;
import org.vectormill.schemas.VectorRows;

/**
 * Euclidean norms of vectors.
 *
 * @param rows number of vectors
 * @param min smallest norm, infinite where there are no rows
 * @param sum sum of norms
 * @param max largest norm, 0 where there are no rows
 */
record Norms(long rows, double min, double sum, double max) implements Serializable {
  static final Norms NONE = new Norms(0, Double.POSITIVE_INFINITY, 0, 0);

  double mean() {
    return sum / rows;
  }

  Norms plus(Norms other) {
    return new Norms(
        rows + other.rows, Math.min(min, other.min), sum + other.sum, Math.max(max, other.max));
  }

  /** Norms of the vectors in these files, one task a file, added up in the order of the files. */
  static Norms of(SparkSession spark, List<DataFile> files) {
    if (files.isEmpty()) {
      return NONE;
    }
    SerializableConfiguration conf =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    List<String> paths = files.stream().map(DataFile::path).toList();
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(paths, paths.size())
        .map(path -> ofFile(conf.value(), path))
        .collect()
        .stream()
        .reduce(NONE, Norms::plus);
  }

  private static Norms ofFile(Configuration conf, String path) {
    Norms norms = NONE;
    try (TableReader<VectorRows> reader = TableFiles.readVectors(conf, path)) {
      for (RowGroup group : TableFiles.rowGroups(conf, path)) {
        norms = norms.plus(of(reader.read(group.index())));
      }
    }
    return norms;
  }

  static Norms of(VectorRows block) {
    double min = Double.POSITIVE_INFINITY;
    double max = 0;
    double sum = 0;
    for (int row = 0; row < block.rows(); row++) {
      double squares = 0;
      for (int i = row * block.dimension(); i < (row + 1) * block.dimension(); i++) {
        squares += (double) block.values()[i] * block.values()[i];
      }
      double norm = Math.sqrt(squares);
      min = Math.min(min, norm);
      max = Math.max(max, norm);
      sum += norm;
    }
    return new Norms(block.rows(), min, sum, max);
  }
}
