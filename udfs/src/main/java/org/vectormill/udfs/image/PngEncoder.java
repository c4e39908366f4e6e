package org.vectormill.udfs.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes pixels as PNG with the JDK's own encoder, asked for by its class as {@link Readers} are.
 */
final class PngEncoder {
  private static final String CLASS = "com.sun.imageio.plugins.png.PNGImageWriterSpi";

  /** The image as a PNG file of eight-bit RGB. */
  static byte[] encode(RgbImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriter writer = writer();
      try {
        writer.setOutput(out);
        writer.write(buffered(image));
      } finally {
        writer.dispose();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a PNG can't be made: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage buffered(RgbImage image) {
    int width = image.width();
    byte[] from = image.pixels();
    int[] pixels = new int[width * image.height()];
    for (int i = 0, in = 0; i < pixels.length; i++, in += 3) {
      pixels[i] = (from[in] & 0xff) << 16 | (from[in + 1] & 0xff) << 8 | from[in + 2] & 0xff;
    }
    BufferedImage to = new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
    to.getRaster().setDataElements(0, 0, width, image.height(), pixels);
    return to;
  }

  private static ImageWriter writer() throws IOException {
    Iterator<ImageWriterSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageWriterSpi.class, false);
    while (all.hasNext()) {
      ImageWriterSpi spi = all.next();
      if (spi.getClass().getName().equals(CLASS)) {
        return spi.createWriterInstance();
      }
    }
    throw new IllegalStateException("this Java platform has no " + CLASS);
  }

  private PngEncoder() {}
}
