package org.vectormill.udfs.vision;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.ImageSpec;
import org.vectormill.udfs.encode.RowFailure;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.engine.Network;
import org.vectormill.udfs.engine.NetworkOutput;
import org.vectormill.udfs.engine.Tensor;

/**
 * Embeds images with a network. Batches are cut by position, so that a row's neighbours, and with
 * them its last bits, don't depend on what else happens; the place of an image that can't be
 * prepared stays in its batch, filled with zeros.
 */
public final class NetworkImageEncoder implements ImageEncoder {
  private final Network network;
  private final PreparedImages prepared;
  private final SpatialPool pool;
  private final boolean bytes;
  private final boolean channelsLast;
  private final int batch;
  private final int width;
  private final VectorRow row;

  /**
   * Runs one grey image, to learn the vectors' length.
   *
   * @param network owned from now on, closed also where this throws
   * @throws VectormillException ({@code USAGE}) for options that the network can't follow
   */
  public NetworkImageEncoder(EncoderSpec spec, Network network, RuntimeOptions options) {
    this.network = network;
    ImageSpec image = spec.image();
    this.channelsLast = image.preprocessor().layout().equals("NHWC");
    this.bytes = image.preprocessor().dtype().equals("uint8");
    this.pool = new SpatialPool(image.pooling(), image.gemPower(), channelsLast);
    this.batch =
        network.fixedBatch() > 0 ? Math.toIntExact(network.fixedBatch()) : options.batchImages();
    try {
      this.prepared =
          new PreparedImages(image.preprocessor(), image.maxPixels(), options.threads());
      requireOneInput();
      this.width = pool.dimension(probe());
      this.row = new VectorRow(kept(spec.dimensions(), width), spec.normalise());
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private void requireOneInput() {
    if (network.inputs().size() != 1) {
      throw VectormillException.usage(
          "an image network takes one input, this one takes "
              + network.inputs()
              + "; export the image part alone");
    }
  }

  private static int kept(int dimensions, int width) {
    if (dimensions > width) {
      throw VectormillException.usage(
          "--dimensions must be at most the vectors' own length " + width + ", got " + dimensions);
    }
    return dimensions == 0 ? width : dimensions;
  }

  private long[] probe() {
    int rows = network.fixedBatch() > 0 ? batch : 1;
    try {
      return run(new float[rows * prepared.size()], rows).shape();
    } catch (VectormillException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new VectormillException(
          org.vectormill.schemas.Fault.ENCODER,
          "the network fails on an image of "
              + prepared.width()
              + " x "
              + prepared.height()
              + " pixels (does the preprocessor fit the network?): "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public int dimension() {
    return row.dimension();
  }

  @Override
  public EncodedRows encode(byte[][] images) {
    int n = images.length;
    float[] values = new float[n * dimension()];
    RowFailure[] failures = new RowFailure[n];
    BatchRunner runner = new BatchRunner(this::run, network.fixedBatch() > 0, prepared.size());
    for (int from = 0; from < n; from += batch) {
      int to = Math.min(n, from + batch);
      int rows = network.fixedBatch() > 0 ? batch : to - from;
      float[] tensor = new float[rows * prepared.size()];
      prepared.prepare(images, from, to, tensor, failures);
      runner.run(
          tensor, from, to, failures, (i, output, at) -> write(i, output, at, values, failures));
    }
    runner.requireNotAllAlike();
    return new EncodedRows(dimension(), values, null, new boolean[n], failures);
  }

  private void write(int i, NetworkOutput output, int at, float[] values, RowFailure[] failures) {
    double[] vector = new double[width];
    pool.pool(output, at, vector);
    failures[i] = row.write(vector, values, i * dimension());
  }

  private NetworkOutput run(float[] tensor, int rows) {
    long w = prepared.width();
    long h = prepared.height();
    long[] shape = channelsLast ? new long[] {rows, h, w, 3} : new long[] {rows, 3, h, w};
    Tensor input = new Tensor(network.inputs().get(0), shape, buffer(tensor));
    NetworkOutput output = network.run(List.of(input));
    if (output.shape().length == 0 || output.shape()[0] != rows) {
      throw VectormillException.usage(
          "the network's output "
              + Arrays.toString(output.shape())
              + " has no row for each of "
              + rows
              + " images; name another with --output-tensor");
    }
    return output;
  }

  private Buffer buffer(float[] tensor) {
    if (!bytes) {
      return FloatBuffer.wrap(tensor);
    }
    byte[] narrow = new byte[tensor.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (byte) Math.round(tensor[i]);
    }
    return ByteBuffer.wrap(narrow);
  }

  @Override
  public void close() {
    prepared.close();
    network.close();
  }
}
