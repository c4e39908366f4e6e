package org.vectormill.udfs.deep.training;

import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.RowArrays;
import org.vectormill.udfs.deep.network.Rows;

/** What all workers' rows come to. */
public final class WorkerRows {
  private record Sums(long rows, double squares) implements java.io.Serializable {}

  static long count(Workers<Rows> workers) {
    return workers.each(0, (worker, rows, none) -> (long) rows.count()).stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Rows of the worker that has the most. */
  public static int most(Workers<Rows> workers) {
    return workers.each(0, (worker, rows, none) -> rows.count()).stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElse(0);
  }

  /**
   * Says so at the start of a training, and not where the array is made, hours later.
   *
   * @param k clusters, whose probabilities a worker holds for all its rows at once
   * @param codeLength components of a code, which it holds too
   * @throws VectormillException ({@code USAGE}) where one array is too short for a worker's rows
   */
  public static void requireFit(Workers<Rows> workers, int k, int codeLength) {
    int rows = most(workers);
    RowArrays.probabilities(rows, k);
    RowArrays.codes(rows, codeLength);
  }

  /**
   * A factor that brings the mean square of a component to 1, as DEC (Xie et al. 2016) prepares its
   * data; 1 where all components are 0.
   */
  public static float scale(Workers<Rows> workers, int width) {
    List<Sums> sums =
        workers.each(width, (worker, rows, none) -> new Sums(rows.count(), rows.squares()));
    double rows = sums.stream().mapToLong(Sums::rows).sum();
    double mean = sums.stream().mapToDouble(Sums::squares).sum() / rows / width;
    return mean > 0 ? (float) (1 / Math.sqrt(mean)) : 1;
  }

  private record Components(long rows, double squares, double[] sums)
      implements java.io.Serializable {}

  /** Mean over the components of their variance. */
  public static double variance(Workers<Rows> workers, int width) {
    List<Components> all =
        workers.each(
            width,
            (worker, rows, d) -> {
              double[] sums = new double[d];
              float[] values = rows.values();
              for (int i = 0; i < rows.count() * d; i++) {
                sums[i % d] += values[i];
              }
              return new Components(rows.count(), rows.squares(), sums);
            });
    double rows = all.stream().mapToLong(Components::rows).sum();
    double variance = all.stream().mapToDouble(Components::squares).sum() / rows;
    for (int j = 0; j < width; j++) {
      int of = j;
      double mean = all.stream().mapToDouble(part -> part.sums()[of]).sum() / rows;
      variance -= mean * mean;
    }
    return variance / width;
  }

  private WorkerRows() {}
}
