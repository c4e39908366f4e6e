package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.SeenIds;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.SearchedCentroids;

/**
 * Rows of a clusters table that are staged and not published.
 *
 * @param read ids of the rows and rejects
 */
record Assignment(List<UnitOutput> outputs, IdSetHash read) {
  /**
   * Gives every pending row its cluster.
   *
   * @param network makes the codes that are compared; empty where vectors are compared themselves
   * @param radii of the clusters when they were found; empty where they are found now
   * @param dimension of the vectors
   */
  static Assignment run(
      SparkSession spark,
      RunContext context,
      Table table,
      Staging staging,
      Pending pending,
      SearchedCentroids centroids,
      Optional<ClusterNetwork> network,
      Optional<float[]> radii,
      int dimension,
      MatrixSpec matrices) {
    JavaSparkContext java = JavaSparkContext.fromSparkContext(spark.sparkContext());
    AssignWork work =
        new AssignWork(
            java.broadcast(centroids),
            network.map(java::broadcast).orElse(null),
            radii.map(java::broadcast).orElse(null),
            dimension,
            matrices);
    List<UnitOutput> outputs =
        WaveRun.execute(
            spark,
            table,
            staging,
            context,
            new UnitPlan<>(
                "assign", pending.units(), pending.ids().count(), RowGroupSize.DEFAULT, 0),
            work);
    return new Assignment(outputs, SeenIds.require(outputs, pending.ids()));
  }

  List<DataFile> files() {
    return outputs.stream().flatMap(output -> output.files().stream()).toList();
  }

  long rejects() {
    return outputs.stream()
        .flatMap(output -> output.rejectFiles().stream())
        .mapToLong(DataFile::rows)
        .sum();
  }

  /**
   * Share of the compared rows whose nearest centroid an approximate search found; empty where the
   * search was exact.
   */
  OptionalDouble agreement() {
    double compared = fact(AssignWork.COMPARED);
    return compared == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(fact(AssignWork.AGREEING) / compared);
  }

  /** Sum of a fact over the units, in their order. */
  double fact(String name) {
    double sum = 0;
    for (UnitOutput output : outputs) {
      sum += output.facts().getOrDefault(name, 0.0);
    }
    return sum;
  }
}
