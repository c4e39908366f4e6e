package org.vectormill.udfs.deep.icon;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.deep.network.ClusterHead;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.Progress;

/**
 * Where the training of heads stands between two of its rounds: all that the next one depends on.
 *
 * @param scale factor on every input
 * @param layers the hidden ones, which all heads share, and the heads side by side in the last
 * @param moments of the optimizer
 * @param losses of each head in the last round
 * @param chosen number of the head that is taken; -1 before the end
 * @param curve what each round came to, of the head of least loss
 */
public record HeadProgress(
    float scale,
    List<Layer> layers,
    Moments moments,
    double[] losses,
    int chosen,
    List<CurvePoint> curve)
    implements Progress {
  public HeadProgress {
    layers = List.copyOf(layers);
    curve = List.copyOf(curve);
  }

  static HeadProgress start(float scale, List<Layer> layers) {
    return new HeadProgress(scale, layers, Moments.NONE, new double[0], -1, List.of());
  }

  @Override
  public boolean ended() {
    return chosen >= 0;
  }

  HeadProgress round(List<Layer> next, Moments after, double[] found, CurvePoint point) {
    List<CurvePoint> longer = new ArrayList<>(curve);
    longer.add(point);
    return new HeadProgress(scale, next, after, found, -1, longer);
  }

  HeadProgress ended(int head) {
    return new HeadProgress(scale, layers, Moments.NONE, losses, head, curve);
  }

  /**
   * One of the heads.
   *
   * @param k its number of clusters
   */
  ClusterHead head(int head, int k) {
    int last = layers.size() - 1;
    Layer heads = layers.get(last);
    int d = heads.inputs();
    float[] weight = new float[d * k];
    float[] bias = new float[k];
    for (int i = 0; i < d; i++) {
      System.arraycopy(heads.weight(), i * heads.outputs() + head * k, weight, i * k, k);
    }
    System.arraycopy(heads.bias(), head * k, bias, 0, k);
    return new ClusterHead(scale, layers.subList(0, last), new Layer(d, k, false, weight, bias));
  }
}
