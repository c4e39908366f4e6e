package org.vectormill.udfs.text;

import java.util.Arrays;
import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.engine.Network;
import org.vectormill.udfs.engine.NetworkOutput;

/** One batch through a transformer: tokens in, one pooled vector a row out. */
final class NetworkPass {
  /**
   * What a transformer is given and how its output is read.
   *
   * @param pooling over token vectors; {@link Pooling#NONE} for an output of one vector a row
   * @param poolingAsked whether a user asked for this pooling, so that an output of one vector a
   *     row contradicts it
   * @param skip tokens at the start that aren't pooled
   * @param padding id that fills up short rows
   */
  record Settings(Pooling pooling, boolean poolingAsked, int skip, long padding) {}

  /** Takes the i-th row's vector, which is valid during the call alone. */
  @FunctionalInterface
  interface Sink {
    void put(int i, double[] vector);
  }

  private final Network network;
  private final Settings settings;
  private final List<String> inputs;
  private final int fixedRows;

  /**
   * @throws VectormillException ({@code ENCODER}) for a network with an unknown input
   */
  NetworkPass(Network network, Settings settings) {
    this.network = network;
    this.settings = settings;
    this.inputs = List.copyOf(network.inputs());
    this.fixedRows = Math.toIntExact(network.fixedBatch());
    InputTensors.requireKnown(inputs);
  }

  /** Most rows that {@link #run} takes. */
  int maxRows() {
    return fixedRows == 0 ? Integer.MAX_VALUE : fixedRows;
  }

  /** Components of a vector, found by running these tokens. */
  int dimension(long[] ids) {
    int rows = Math.max(1, fixedRows);
    InputTensors tensors = new InputTensors(List.of(ids), settings.padding, rows);
    long[] shape = checked(network.run(tensors.named(inputs)), rows, tensors.length()).shape();
    return Math.toIntExact(shape[shape.length - 1]);
  }

  /**
   * Runs the texts in one batch, filled up where the model fixes a batch's rows.
   *
   * @param texts at most {@link #maxRows()}
   * @throws VectormillException ({@code ENCODER}) for an output of a shape that can't be read
   * @throws RuntimeException as {@link Network#run} does
   */
  void run(List<long[]> texts, Sink sink) {
    int rows = fixedRows == 0 ? texts.size() : fixedRows;
    InputTensors tensors = new InputTensors(texts, settings.padding, rows);
    NetworkOutput output = checked(network.run(tensors.named(inputs)), rows, tensors.length());
    int dimension = Math.toIntExact(output.shape()[output.shape().length - 1]);
    double[] vector = new double[dimension];
    for (int row = 0; row < texts.size(); row++) {
      if (output.shape().length == 2) {
        copy(output.values(), row * dimension, vector);
      } else {
        int length = tensors.length();
        TokenPooling.pool(
            settings.pooling,
            new TokenPooling.Row(
                output.values(),
                row * length * dimension,
                dimension,
                tensors.mask(),
                row * length,
                length,
                settings.skip),
            vector);
      }
      sink.put(row, vector);
    }
  }

  private static void copy(float[] from, int offset, double[] to) {
    for (int j = 0; j < to.length; j++) {
      to[j] = from[offset + j];
    }
  }

  private NetworkOutput checked(NetworkOutput output, int rows, int length) {
    long[] shape = output.shape();
    boolean one = shape.length == 2 && shape[0] == rows;
    boolean many = shape.length == 3 && shape[0] == rows && shape[1] == length;
    if (!one && !many) {
      throw VectormillException.encoder(
          "the network's output has shape "
              + Arrays.toString(shape)
              + "; expected [rows, tokens, d] or [rows, d] with "
              + (rows + " rows and " + length + " tokens; choose another output"));
    }
    if (one && settings.poolingAsked) {
      throw VectormillException.usage(
          "pooling "
              + settings.pooling
              + " needs an output with a vector for each token, but the network gives one for each"
              + " text; leave the pooling out, or choose another output");
    }
    if (many && settings.pooling == Pooling.NONE) {
      throw VectormillException.usage(
          "pooling NONE needs an output of one vector for each text, but the network gives one for"
              + " each token; name a pooling (mean, cls, …), or choose another output");
    }
    return output;
  }
}
