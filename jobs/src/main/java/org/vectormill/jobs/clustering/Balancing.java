package org.vectormill.jobs.clustering;

import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MarginCounts;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.VectorBlock;

/**
 * Bounds the size of clusters: penalties on the clusters that are too large move their boundaries
 * inwards, pass by pass, until none is. Centroids stay where they are, and the penalties are part
 * of the model.
 */
final class Balancing {
  private static final int MAX_PASSES = 100;

  private final BlockSet set;
  private final MatrixSpec matrices;
  private final RunContext.Progress progress;

  Balancing(BlockSet set, MatrixSpec matrices, RunContext.Progress progress) {
    this.set = set;
    this.matrices = matrices;
    this.progress = progress;
  }

  /**
   * The centroids with penalties under which no cluster has more than {@code ratio} times the mean
   * size.
   *
   * @param cost of all rows with these centroids
   * @param earlier how far an earlier run came
   * @param kept takes what each pass found
   * @throws VectormillException ({@code QUALITY}) where that isn't reached
   */
  Centroids balance(
      Centroids centroids,
      double ratio,
      double cost,
      Optional<TrainingState.Bound> earlier,
      Consumer<TrainingState.Bound> kept) {
    if (centroids.count() < 2) {
      return centroids;
    }
    long most = (long) Math.ceil(ratio * set.rows() / centroids.count());
    double unit = Math.max(cost / set.rows(), Float.MIN_NORMAL);
    float[] penalties =
        earlier.map(TrainingState.Bound::penalties).orElse(new float[centroids.count()]);
    int done = earlier.map(TrainingState.Bound::passes).orElse(0);
    progress.start("balance", MAX_PASSES * set.rows(), "rows");
    progress.advance(done * set.rows());
    Centroids now = centroids;
    long largest = 0;
    for (int pass = done; pass < MAX_PASSES; pass++) {
      now = centroids.withPenalties(penalties);
      MarginCounts counts = count(now, unit);
      largest = counts.largest();
      if (largest <= most) {
        return now;
      }
      penalties = counts.raised(penalties, most);
      if (pass + 1 < MAX_PASSES) {
        kept.accept(new TrainingState.Bound(pass + 1, penalties));
      }
      progress.advance(set.rows());
    }
    throw new VectormillException(
        Fault.QUALITY,
        String.format(
            Locale.ROOT,
            "--balanced %s: after %d passes the largest cluster still has %,d rows, more than %,d;"
                + " allow a larger ratio, or remove vectors that are equal",
            ratio,
            MAX_PASSES,
            largest,
            most));
  }

  private MarginCounts count(Centroids centroids, double unit) {
    Broadcast<Centroids> shared = set.context().broadcast(centroids);
    MarginCounts total = new MarginCounts(centroids.count(), unit);
    MatrixSpec products = matrices;
    try {
      BlockPass.run(
          set.blocks(), part -> count(part, shared.value(), unit, products), total::merge);
    } finally {
      shared.destroy();
    }
    return total;
  }

  private static MarginCounts count(
      Iterator<VectorBlock> blocks, Centroids centroids, double unit, MatrixSpec matrices) {
    MarginCounts counts = new MarginCounts(centroids.count(), unit);
    try (NearestCentroids nearest = matrices.open(centroids)) {
      while (blocks.hasNext()) {
        VectorBlock block = blocks.next();
        counts.add(block, nearest.nearest(block, 2), centroids);
      }
    }
    return counts;
  }
}
