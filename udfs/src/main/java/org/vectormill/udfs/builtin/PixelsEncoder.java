package org.vectormill.udfs.builtin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.RowWorkers;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.RowFailure;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Images;
import org.vectormill.udfs.image.Preprocessor;
import org.vectormill.udfs.image.PreprocessorSpec;
import org.vectormill.udfs.image.RgbImage;

/**
 * {@code builtin:pixels:WxH:grey} and {@code builtin:pixels:WxH:rgb}: an image's own pixels,
 * resized to W x H (bilinear with antialias, aspect not kept), 0 to 1; what networks that learn
 * from pixels take. Grey is ITU-R 601's luma, as Pillow's mode L has it; colours are in planes.
 */
public final class PixelsEncoder implements ImageEncoder {
  /** What comes before the size in a URI. */
  public static final String PREFIX = "builtin:pixels:";

  private static final Pattern URI =
      Pattern.compile(PREFIX + "([1-9][0-9]{0,3})x([1-9][0-9]{0,3}):(grey|rgb)");

  /**
   * What the URI asks for.
   *
   * @param grey one value a pixel; three otherwise
   */
  public record Shape(int width, int height, boolean grey) {
    /** The shape that a URI names; empty where it is none. */
    public static Optional<Shape> of(String uri) {
      Matcher parts = URI.matcher(uri);
      return parts.matches()
          ? Optional.of(
              new Shape(
                  Integer.parseInt(parts.group(1)),
                  Integer.parseInt(parts.group(2)),
                  parts.group(3).equals("grey")))
          : Optional.empty();
    }

    /** Name and version; another arithmetic is another version. */
    public String digest() {
      return "builtin:pixels/1:%dx%d:%s".formatted(width, height, grey ? "grey" : "rgb");
    }

    int dimension() {
      return width * height * (grey ? 1 : 3);
    }
  }

  private final Shape shape;
  private final boolean normalise;
  private final long maxPixels;
  private final Preprocessor preprocessor;
  private final RowWorkers workers;

  /**
   * @param maxPixels images with more are rejected before they are decoded
   * @param threads that one call may use
   */
  public PixelsEncoder(Shape shape, boolean normalise, long maxPixels, int threads) {
    this.shape = shape;
    this.normalise = normalise;
    this.maxPixels = maxPixels;
    this.preprocessor =
        new Preprocessor(
            new PreprocessorSpec(
                0,
                shape.width(),
                shape.height(),
                PreprocessorSpec.Interpolation.BILINEAR,
                0,
                0,
                PreprocessorSpec.CropRounding.HALF_EVEN,
                1 / 255.0,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0),
                "RGB",
                "NCHW",
                "float32"));
    this.workers = new RowWorkers("builtin-pixels", threads);
  }

  @Override
  public int dimension() {
    return shape.dimension();
  }

  @Override
  public EncodedRows encode(byte[][] images) {
    int n = images.length;
    float[] values = new float[n * dimension()];
    RowFailure[] failures = new RowFailure[n];
    workers.run(
        n,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            failures[i] = row(images[i], values, i * dimension());
          }
        });
    return new EncodedRows(dimension(), values, null, new boolean[n], failures);
  }

  /** Writes one vector; returns why there is none, or null. */
  private RowFailure row(byte[] encoded, float[] values, int offset) {
    try {
      RgbImage image = Images.decode(encoded, maxPixels);
      if (shape.grey()) {
        grey(preprocessor.resizeAndCrop(image).pixels(), values, offset);
      } else {
        preprocessor.prepare(image, values, offset);
      }
      return finish(values, offset);
    } catch (ImageRejectedException e) {
      return new RowFailure(e.reason(), e.getMessage());
    } catch (OutOfMemoryError e) {
      return new RowFailure(RejectReason.OUT_OF_MEMORY, "out of memory while decoding the image");
    }
  }

  private static void grey(byte[] rgb, float[] values, int offset) {
    for (int i = 0; i < rgb.length / 3; i++) {
      int red = rgb[3 * i] & 0xff;
      int green = rgb[3 * i + 1] & 0xff;
      int blue = rgb[3 * i + 2] & 0xff;
      int luma = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
      values[offset + i] = luma / 255f;
    }
  }

  private RowFailure finish(float[] values, int offset) {
    double sum = 0;
    for (int i = offset; i < offset + dimension(); i++) {
      sum += (double) values[i] * values[i];
    }
    if (sum == 0) {
      return new RowFailure(RejectReason.ZERO_VECTOR, "the image is black all over");
    }
    if (normalise) {
      double factor = 1 / Math.sqrt(sum);
      for (int i = offset; i < offset + dimension(); i++) {
        values[i] = (float) (values[i] * factor);
      }
    }
    return null;
  }

  @Override
  public void close() {
    workers.close();
  }
}
