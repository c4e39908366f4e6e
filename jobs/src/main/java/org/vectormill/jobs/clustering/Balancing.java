package org.vectormill.jobs.clustering;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.SizeBound;
import org.vectormill.udfs.vectors.VectorBlock;

/**
 * Bounds the size of clusters: penalties on clusters that are too large move their boundaries
 * inwards, pass by pass, until none is. Centroids stay where they are, and the penalties are part
 * of the model.
 */
final class Balancing {
  private static final int MAX_PASSES = 300;

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
      Optional<SizeBound> earlier,
      Consumer<SizeBound> kept) {
    int k = centroids.count();
    if (k < 2) {
      return centroids;
    }
    long most = most(ratio, set.rows(), k);
    double unit = Math.max(cost / set.rows(), Float.MIN_NORMAL);
    SizeBound bound = earlier.orElseGet(() -> SizeBound.start(k, unit));
    progress.start("balance", MAX_PASSES * set.rows(), "rows");
    progress.advance(bound.passes() * set.rows());
    while (true) {
      Centroids now = centroids.withPenalties(bound.penalties());
      long[] sizes = sizes(now);
      long largest = Arrays.stream(sizes).max().orElse(0);
      if (largest <= most) {
        return now;
      }
      if (bound.passes() + 1 >= MAX_PASSES || bound.isStuck(sizes, most)) {
        throw notReached(ratio, bound.passes() + 1, largest, most);
      }
      bound = bound.moved(sizes, most);
      kept.accept(bound);
      progress.advance(set.rows());
    }
  }

  /** Most rows of a cluster: whole ones within the ratio, but never fewer than an even share. */
  static long most(double ratio, long rows, int k) {
    BigDecimal bound =
        BigDecimal.valueOf(ratio)
            .multiply(BigDecimal.valueOf(rows))
            .divide(BigDecimal.valueOf(k), 0, RoundingMode.FLOOR);
    return Math.max(bound.longValue(), (rows + k - 1) / k);
  }

  private static VectormillException notReached(double ratio, int passes, long largest, long most) {
    return new VectormillException(
        Fault.QUALITY,
        String.format(
            Locale.ROOT,
            "--balanced %s: after %d passes the largest cluster still has %,d rows, more than %,d;"
                + " allow a larger ratio, or remove vectors that are equal",
            ratio,
            passes,
            largest,
            most));
  }

  private long[] sizes(Centroids centroids) {
    Broadcast<Centroids> shared = set.context().broadcast(centroids);
    long[] total = new long[centroids.count()];
    MatrixSpec products = matrices;
    try {
      BlockPass.run(
          set.blocks(),
          part -> sizes(part, shared.value(), products),
          sizes -> Arrays.setAll(total, c -> total[c] + sizes[c]));
    } finally {
      shared.destroy();
    }
    return total;
  }

  private static long[] sizes(
      Iterator<VectorBlock> blocks, Centroids centroids, MatrixSpec matrices) {
    long[] sizes = new long[centroids.count()];
    try (NearestCentroids nearest = matrices.open(centroids)) {
      while (blocks.hasNext()) {
        for (int cluster : nearest.nearest(blocks.next())) {
          sizes[cluster]++;
        }
      }
    }
    return sizes;
  }
}
