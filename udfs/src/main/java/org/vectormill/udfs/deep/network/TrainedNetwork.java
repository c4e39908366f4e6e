package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.vectormill.udfs.vectors.MatrixSpec;

/** An autoencoder's weights in native memory. */
public final class TrainedNetwork extends TrainedLayers {
  private final Autoencoder start;

  public TrainedNetwork(Autoencoder start, MatrixSpec matrices) {
    super(start.layers(), matrices);
    this.start = start;
  }

  /** Codes of rows that are scaled already. */
  public NDArray encode(NDArray x) {
    return through(x, 0, start.depth());
  }

  /** Rows, scaled as they came, that the decoder makes of codes. */
  public NDArray decode(NDArray code) {
    return through(code, start.depth(), start.depth());
  }

  /** What the encoder makes of rows on its way to one of its layers. */
  public NDArray inputOf(int layer, NDArray x) {
    return through(x, 0, layer);
  }

  /** Trains the encoder alone from here on. */
  public void freezeDecoder() {
    freeze(2 * start.depth(), 2 * start.depth());
  }

  /** The weights as they are now. */
  public Autoencoder weights() {
    List<Layer> layers = layers();
    int depth = start.depth();
    return new Autoencoder(
        start.scale(), layers.subList(0, depth), layers.subList(depth, 2 * depth));
  }
}
