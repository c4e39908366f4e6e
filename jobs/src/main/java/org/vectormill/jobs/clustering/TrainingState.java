package org.vectormill.jobs.clustering;

import java.util.Arrays;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SizeBound;

/**
 * Where k-means stands between two iterations: all that the next one depends on.
 *
 * @param restart start that is being worked on, from 0
 * @param centroids of that start; null before its first iteration
 * @param curve cost of all rows in each iteration of that start
 * @param seen rows that each centroid was given in mini-batches; zeros otherwise
 * @param best the best start that is finished; null where none is
 * @param bound how far the bound on sizes has come, after the last start; null before
 */
record TrainingState(
    int restart, Centroids centroids, double[] curve, long[] seen, Best best, SizeBound bound) {
  /**
   * A finished start.
   *
   * @param curve cost of all rows in each of its iterations
   */
  record Best(int restart, Centroids centroids, double[] curve) {
    double cost() {
      return curve[curve.length - 1];
    }
  }

  static TrainingState start(int restart, int k, Best best) {
    return new TrainingState(restart, null, new double[0], new long[k], best, null);
  }

  int iterations() {
    return curve.length;
  }

  /** After one more iteration, which found {@code cost} and gives {@code next}. */
  TrainingState then(Centroids next, double cost, long[] seenNow) {
    double[] longer = Arrays.copyOf(curve, curve.length + 1);
    longer[curve.length] = cost;
    return new TrainingState(restart, next, longer, seenNow, best, null);
  }

  /** The best of the finished starts, this one included. */
  Best finished() {
    Best own = new Best(restart, centroids, curve);
    return best == null || own.cost() < best.cost() ? own : best;
  }

  TrainingState with(SizeBound reached) {
    return new TrainingState(restart, centroids, curve, seen, best, reached);
  }

  byte[] write() {
    TensorFile file =
        new TensorFile()
            .fact("restart", String.valueOf(restart))
            .fact("metric", centroids.metric().code())
            .put("curve", curve, curve.length)
            .put("seen", seen, seen.length);
    put(file, "centroids", centroids);
    if (best != null) {
      file.fact("best_restart", String.valueOf(best.restart()));
      file.put("best_curve", best.curve(), best.curve().length);
      put(file, "best_centroids", best.centroids());
    }
    if (bound != null) {
      file.fact("bound_passes", String.valueOf(bound.passes()));
      file.put("penalties", bound.penalties(), bound.penalties().length);
      file.put("penalty_steps", bound.steps(), bound.steps().length);
      file.put("penalty_moves", bound.moves(), bound.moves().length);
    }
    return file.write();
  }

  private static void put(TensorFile file, String name, Centroids centroids) {
    file.put(name, centroids.values(), centroids.count(), centroids.dimension());
  }

  static TrainingState read(byte[] bytes, String name) {
    TensorFile file = TensorFile.read(bytes, name);
    Best best =
        file.has("best_centroids")
            ? new Best(
                Integer.parseInt(file.fact("best_restart")),
                centroids(file, "best_centroids"),
                file.doubles("best_curve"))
            : null;
    SizeBound bound =
        file.has("penalties")
            ? new SizeBound(
                Integer.parseInt(file.fact("bound_passes")),
                file.floats("penalties"),
                file.floats("penalty_steps"),
                file.floats("penalty_moves"))
            : null;
    return new TrainingState(
        Integer.parseInt(file.fact("restart")),
        centroids(file, "centroids"),
        file.doubles("curve"),
        file.longs("seen"),
        best,
        bound);
  }

  private static Centroids centroids(TensorFile file, String name) {
    return new Centroids(
        Metric.ofCode(file.fact("metric")), (int) file.shape(name)[1], file.floats(name));
  }
}
