package org.vectormill.udfs.deep.network;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Weights of DEPICT's network (Dizaji et al., Deep Clustering via Joint Convolutional Autoencoder
 * Embedding and Relative Entropy Minimization, 2017): convolutions and a dense layer make a code
 * within -1 to 1 (tanh), a dense layer and transposed convolutions make the image of it, a softmax
 * layer on the code says how probable clusters are. Pixels, 0 to 1, are brought to -1 to 1, as in
 * the authors' program.
 *
 * @param image shape of an input
 * @param encoder the first takes the image
 * @param code from the last convolution's output to the code
 * @param decode back
 * @param decoder the encoder's channels in reverse
 * @param head from the code to a value for each cluster; null before clustering begins
 */
public record ConvAutoencoder(
    ImageShape image,
    List<Convolution> encoder,
    Layer code,
    Layer decode,
    List<Convolution> decoder,
    Layer head)
    implements ClusterNetwork, Averaged<ConvAutoencoder> {
  /** Kernel and padding of the first convolution and of the others; the paper's. */
  private static final int[][] KERNELS = {{4, 0}, {5, 2}};

  private static final int STRIDE = 2;

  /** Factor on every input, of which 1 is then taken off. */
  public static final float SCALE = 2;

  public ConvAutoencoder {
    encoder = List.copyOf(encoder);
    decoder = List.copyOf(decoder);
    if (encoder.isEmpty() || encoder.size() != decoder.size()) {
      throw new IllegalArgumentException(
          encoder.size() + " convolutions, " + decoder.size() + " transposed ones");
    }
    ImageShape last = last(image, encoder);
    if (code.inputs() != last.size() || decode.outputs() != last.size()) {
      throw new IllegalArgumentException(
          "a code of %d values, the convolutions make %d".formatted(code.inputs(), last.size()));
    }
  }

  /**
   * New weights.
   *
   * @param filters channels of each convolution
   * @throws VectormillException ({@code USAGE}) where so many convolutions leave nothing of the
   *     image
   */
  public static ConvAutoencoder initial(
      ImageShape image, List<Integer> filters, int codeLength, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Convolution> encoder = new ArrayList<>();
    List<Convolution> decoder = new ArrayList<>();
    int channels = image.channels();
    for (int i = 0; i < filters.size(); i++) {
      int[] kernel = KERNELS[Math.min(i, 1)];
      encoder.add(
          Convolution.initial(channels, filters.get(i), kernel[0], STRIDE, kernel[1], random));
      decoder.add(
          0, Convolution.initial(filters.get(i), channels, kernel[0], STRIDE, kernel[1], random));
      channels = filters.get(i);
    }
    int size = last(image, encoder).size();
    return new ConvAutoencoder(
        image,
        encoder,
        Layer.initial(size, codeLength, false, random),
        Layer.initial(codeLength, size, false, random),
        decoder,
        null);
  }

  private static ImageShape last(ImageShape image, List<Convolution> encoder) {
    ImageShape shape = image;
    for (Convolution convolution : encoder) {
      int height = convolution.size(shape.height());
      int width = convolution.size(shape.width());
      if (height < 1 || width < 1) {
        throw VectormillException.usage(
            "--filters: %d convolutions leave nothing of images of %d x %d; name fewer"
                .formatted(encoder.size(), image.width(), image.height()));
      }
      shape = new ImageShape(convolution.outputs(), height, width);
    }
    return shape;
  }

  /** Shapes of what comes into each convolution, and of what the last one makes. */
  List<ImageShape> shapes() {
    List<ImageShape> shapes = new ArrayList<>();
    for (int i = 0; i <= encoder.size(); i++) {
      shapes.add(last(image, encoder.subList(0, i)));
    }
    return shapes;
  }

  /** The same with another softmax layer. */
  public ConvAutoencoder withHead(Layer other) {
    return new ConvAutoencoder(image, encoder, code, decode, decoder, other);
  }

  @Override
  public int inputs() {
    return image.size();
  }

  @Override
  public int codeLength() {
    return code.outputs();
  }

  @Override
  public int embeddingLength() {
    return codeLength();
  }

  /** 0 before clustering begins. */
  @Override
  public int clusters() {
    return head == null ? 0 : head.outputs();
  }

  @Override
  public RowEncoder encoder(MatrixSpec matrices) {
    return new ConvCodes(this, matrices);
  }

  @Override
  public OpenNetwork open(Centroids centroids, MatrixSpec matrices) {
    return new ConvCodes(this, matrices);
  }

  @Override
  public ConvAutoencoder in(int[] order) {
    return head == null ? this : withHead(head.in(order));
  }

  @Override
  public ConvAutoencoder average(ConvAutoencoder other, double share) {
    return new ConvAutoencoder(
        image,
        Convolution.averages(encoder, other.encoder, share),
        code.average(other.code, share),
        decode.average(other.decode, share),
        Convolution.averages(decoder, other.decoder, share),
        head == null ? null : head.average(other.head, share));
  }
}
