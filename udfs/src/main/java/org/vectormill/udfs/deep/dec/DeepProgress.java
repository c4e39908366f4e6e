package org.vectormill.udfs.deep.dec;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.DeepState;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Progress;

/**
 * Where deep clustering stands between two of its parts: all that the next one depends on.
 *
 * @param epochs of pretraining that are done
 * @param weights as they are now
 * @param centroids in the space of codes, row-major; null before they are chosen
 * @param moments of the optimizer, in the phase that it is in
 * @param before the state at the last refresh; null before the first
 * @param curve what each part came to
 * @param ended whether clustering has come to its end
 */
public record DeepProgress(
    int epochs,
    Autoencoder weights,
    float[] centroids,
    Moments moments,
    DeepState before,
    List<CurvePoint> curve,
    boolean ended)
    implements Progress {
  public DeepProgress {
    curve = List.copyOf(curve);
  }

  static DeepProgress start(Autoencoder weights) {
    return new DeepProgress(0, weights, null, Moments.NONE, null, List.of(), false);
  }

  /** Weights and centroids. */
  public DeepState state() {
    return new DeepState(weights, centroids);
  }

  /** Refreshes of the target distribution that are done. */
  public int refreshes() {
    return (int) curve.stream().filter(point -> point.phase().equals(CurvePoint.CLUSTER)).count();
  }

  DeepProgress epoch(Autoencoder next, Moments after, CurvePoint point) {
    return new DeepProgress(epochs + 1, next, null, after, null, with(point), false);
  }

  DeepProgress first(float[] chosen) {
    return new DeepProgress(epochs, weights, chosen, Moments.NONE, null, curve, false);
  }

  DeepProgress refreshed(DeepState next, Moments after, CurvePoint point) {
    return new DeepProgress(
        epochs, next.weights(), next.centroids(), after, state(), with(point), false);
  }

  DeepProgress ended(CurvePoint point) {
    return new DeepProgress(epochs, weights, centroids, Moments.NONE, before, with(point), true);
  }

  private List<CurvePoint> with(CurvePoint point) {
    List<CurvePoint> longer = new ArrayList<>(curve);
    longer.add(point);
    return longer;
  }
}
