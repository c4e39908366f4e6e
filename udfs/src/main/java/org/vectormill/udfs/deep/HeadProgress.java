package org.vectormill.udfs.deep;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the training of heads stands between two of its rounds: all that the next one depends on.
 *
 * @param scale factor on every input
 * @param heads side by side in one layer, as they are now
 * @param moments of the optimizer
 * @param losses of each head in the last round
 * @param chosen number of the head that is taken; -1 before the end
 * @param curve what each round came to, of the head of least loss
 */
public record HeadProgress(
    float scale, Layer heads, Moments moments, double[] losses, int chosen, List<CurvePoint> curve)
    implements Progress {
  public HeadProgress {
    curve = List.copyOf(curve);
  }

  static HeadProgress start(float scale, Layer heads) {
    return new HeadProgress(scale, heads, Moments.NONE, new double[0], -1, List.of());
  }

  @Override
  public boolean ended() {
    return chosen >= 0;
  }

  HeadProgress round(Layer next, Moments after, double[] found, CurvePoint point) {
    List<CurvePoint> longer = new ArrayList<>(curve);
    longer.add(point);
    return new HeadProgress(scale, next, after, found, -1, longer);
  }

  HeadProgress ended(int head) {
    return new HeadProgress(scale, heads, Moments.NONE, losses, head, curve);
  }

  /**
   * One of the heads.
   *
   * @param k its number of clusters
   */
  ClusterHead head(int head, int k) {
    int d = heads.inputs();
    float[] weight = new float[d * k];
    float[] bias = new float[k];
    for (int i = 0; i < d; i++) {
      System.arraycopy(heads.weight(), i * heads.outputs() + head * k, weight, i * k, k);
    }
    System.arraycopy(heads.bias(), head * k, bias, 0, k);
    return new ClusterHead(scale, new Layer(d, k, false, weight, bias));
  }
}
