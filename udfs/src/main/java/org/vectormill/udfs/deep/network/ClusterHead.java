package org.vectormill.udfs.deep.network;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * A linear layer, or one behind hidden ones, whose softmax says how probable each cluster is for a
 * vector; the vector itself is its code.
 *
 * @param scale factor on every input, above 0
 * @param hidden rectified layers before the last one; empty for a linear head
 * @param layer to one value a cluster, not rectified
 */
public record ClusterHead(float scale, List<Layer> hidden, Layer layer) implements ClusterNetwork {
  public ClusterHead {
    hidden = List.copyOf(hidden);
    if (!(scale > 0) || !Float.isFinite(scale) || layer.rectified()) {
      throw new IllegalArgumentException("a head of scale " + scale + " and layer " + layer);
    }
    if (!hidden.stream().allMatch(Layer::rectified)) {
      throw new IllegalArgumentException("a hidden layer of a head that is not rectified");
    }
    if (!hidden.isEmpty() && hidden.get(hidden.size() - 1).outputs() != layer.inputs()) {
      throw new IllegalArgumentException(
          "a head of %d inputs behind a layer of %d outputs"
              .formatted(layer.inputs(), hidden.get(hidden.size() - 1).outputs()));
    }
  }

  /** All layers, from the vector to the values of the clusters. */
  List<Layer> layers() {
    List<Layer> layers = new ArrayList<>(hidden);
    layers.add(layer);
    return layers;
  }

  @Override
  public int inputs() {
    return (hidden.isEmpty() ? layer : hidden.get(0)).inputs();
  }

  @Override
  public int codeLength() {
    return inputs();
  }

  @Override
  public int clusters() {
    return layer.outputs();
  }

  @Override
  public ClusterHead in(int[] order) {
    return new ClusterHead(scale, hidden, layer.in(order));
  }

  @Override
  public int embeddingLength() {
    return clusters();
  }

  @Override
  public RowEncoder encoder(MatrixSpec matrices) {
    return new HeadNetwork(this, matrices);
  }

  @Override
  public OpenNetwork open(Centroids centroids, MatrixSpec matrices) {
    return new HeadNetwork(this, matrices);
  }
}
