package org.vectormill.udfs.deep.lls;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.deep.network.LatentShift;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Progress;

/**
 * Where the discriminator of domains stands between two epochs: all that the next one depends on.
 *
 * @param scale factor on every input
 * @param layers as they are now
 * @param moments of the optimizer
 * @param best those of the epoch whose held-out loss is the least
 * @param found the classes; null before the end
 * @param curve each epoch's held-out loss
 */
public record ShiftProgress(
    float scale,
    List<Layer> layers,
    Moments moments,
    List<Layer> best,
    LatentShift found,
    List<CurvePoint> curve)
    implements Progress {
  public ShiftProgress {
    layers = List.copyOf(layers);
    best = List.copyOf(best);
    curve = List.copyOf(curve);
  }

  @Override
  public boolean ended() {
    return found != null;
  }

  /** Epoch of the least held-out loss; -1 before the first. */
  int bestEpoch() {
    int least = -1;
    for (int i = 0; i < curve.size(); i++) {
      least = least < 0 || curve.get(i).loss() < curve.get(least).loss() ? i : least;
    }
    return least;
  }

  /** Least held-out loss. */
  double bestLoss() {
    return curve.get(bestEpoch()).loss();
  }

  ShiftProgress epoch(List<Layer> next, Moments after, double heldOut) {
    List<CurvePoint> longer = new ArrayList<>(curve);
    longer.add(new CurvePoint(CurvePoint.PRETRAIN, curve.size(), heldOut, Double.NaN));
    boolean better = curve.isEmpty() || heldOut < bestLoss();
    return new ShiftProgress(scale, next, after, better ? next : best, null, longer);
  }

  ShiftProgress ended(LatentShift classes) {
    return new ShiftProgress(scale, layers, Moments.NONE, best, classes, curve);
  }
}
