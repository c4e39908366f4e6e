package org.vectormill.udfs.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * RGB out of a decoder's {@link BufferedImage}, without colour management where that is possible.
 */
final class BufferedPixels {
  static RgbImage toRgb(BufferedImage image) throws IOException {
    ColorModel model = image.getColorModel();
    if (model.isAlphaPremultiplied()) {
      image.coerceData(false);
      model = image.getColorModel();
    }
    boolean whole =
        model instanceof ComponentColorModel
            && (model.getTransferType() == DataBuffer.TYPE_BYTE
                || model.getTransferType() == DataBuffer.TYPE_USHORT);
    return switch (whole ? model.getNumColorComponents() : 0) {
      case 1 -> bands(image, 0, 0, 0);
      case 3 -> bands(image, 0, 1, 2);
      default -> managed(image);
    };
  }

  /** Three bands as they are stored: Java's grey is linear, and managing it would brighten it. */
  private static RgbImage bands(BufferedImage image, int red, int green, int blue) {
    Raster raster = image.getRaster();
    int shift = image.getColorModel().getComponentSize(0) > 8 ? 8 : 0;
    int width = image.getWidth();
    byte[] rgb = new byte[width * image.getHeight() * 3];
    int[] row = new int[width * raster.getNumBands()];
    int bands = raster.getNumBands();
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int in = 0; in < row.length; in += bands, out += 3) {
        rgb[out] = (byte) (row[in + red] >> shift);
        rgb[out + 1] = (byte) (row[in + green] >> shift);
        rgb[out + 2] = (byte) (row[in + blue] >> shift);
      }
    }
    return new RgbImage(width, image.getHeight(), rgb);
  }

  /** Palettes, packed pixels and other colour spaces, through their colour model. */
  private static RgbImage managed(BufferedImage image) throws IOException {
    int type = image.getColorModel().getTransferType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw new IOException("samples are floating-point numbers");
    }
    int width = image.getWidth();
    byte[] rgb = new byte[width * image.getHeight() * 3];
    int[] row = new int[width];
    int out = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int pixel : row) {
        rgb[out++] = (byte) (pixel >> 16);
        rgb[out++] = (byte) (pixel >> 8);
        rgb[out++] = (byte) pixel;
      }
    }
    return new RgbImage(width, image.getHeight(), rgb);
  }

  private BufferedPixels() {}
}
