package org.vectormill.udfs.deep.depict;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.deep.icon.HeadProgress;
import org.vectormill.udfs.deep.network.ConvAutoencoder;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Progress;

/**
 * Where DEPICT stands between two of its parts: all that the next one depends on.
 *
 * @param weights as they are now
 * @param moments of the optimizer, in the phase that it is in
 * @param before as they were at the last look at all rows; null before the first
 * @param heads on the codes while they are trained, of which one is to say where clustering starts;
 *     null before and after
 * @param taken the head that said it; null before, and where k-means says it
 * @param curve what each part came to
 * @param ended whether clustering has come to its end
 */
public record DepictProgress(
    ConvAutoencoder weights,
    Moments moments,
    ConvAutoencoder before,
    HeadProgress heads,
    TakenHead taken,
    List<CurvePoint> curve,
    boolean ended)
    implements Progress {
  public DepictProgress {
    curve = List.copyOf(curve);
  }

  /** Epochs of pretraining, rounds of heads, or passes of clustering, that are done. */
  int done(String phase) {
    return (int) curve.stream().filter(point -> point.phase().equals(phase)).count();
  }

  DepictProgress epoch(ConvAutoencoder next, Moments after, CurvePoint point) {
    return new DepictProgress(next, after, null, null, null, with(point), false);
  }

  DepictProgress round(HeadProgress next, CurvePoint point) {
    return new DepictProgress(weights, Moments.NONE, null, next, null, with(point), false);
  }

  /**
   * @param from the head that the softmax layer follows; null where it follows k-means
   */
  DepictProgress headed(ConvAutoencoder next, TakenHead from) {
    return new DepictProgress(next, Moments.NONE, null, null, from, curve, false);
  }

  DepictProgress refreshed(ConvAutoencoder next, Moments after, CurvePoint point) {
    return new DepictProgress(next, after, weights, null, taken, with(point), false);
  }

  DepictProgress ended(CurvePoint point) {
    return new DepictProgress(weights, Moments.NONE, before, null, taken, with(point), true);
  }

  private List<CurvePoint> with(CurvePoint point) {
    List<CurvePoint> longer = new ArrayList<>(curve);
    longer.add(point);
    return longer;
  }
}
