package org.vectormill.udfs.deep.nat;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.deep.network.SphereEncoder;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Progress;

/**
 * Where Noise as Targets stands between two epochs; which row has which point is in the workers'
 * notes.
 *
 * @param moments of the optimizer
 * @param centroids of the codes, row-major; null before the end
 * @param curve what each epoch came to
 */
public record NoiseProgress(
    SphereEncoder weights, Moments moments, float[] centroids, List<CurvePoint> curve)
    implements Progress {
  public NoiseProgress {
    curve = List.copyOf(curve);
  }

  @Override
  public boolean ended() {
    return centroids != null;
  }

  NoiseProgress epoch(SphereEncoder next, Moments after, CurvePoint point) {
    List<CurvePoint> longer = new ArrayList<>(curve);
    longer.add(point);
    return new NoiseProgress(next, after, null, longer);
  }

  NoiseProgress ended(float[] found) {
    return new NoiseProgress(weights, Moments.NONE, found, curve);
  }
}
