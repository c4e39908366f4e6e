package org.vectormill.udfs.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decoders by name. Scanning for plug-ins finds whatever the class loader of the first caller in
 * the JVM sees, in an executor that is not ours; so the JDK's own are asked for by their class and
 * the others are made here.
 */
final class Readers {
  private static final ImageReaderSpi JPEG = jdk("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
  private static final ImageReaderSpi BMP = jdk("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");
  private static final ImageReaderSpi TIFF = new TIFFImageReaderSpi();
  private static final ImageReaderSpi WEBP = new WebPImageReaderSpi();

  static ImageReader jpeg() throws IOException {
    return JPEG.createReaderInstance();
  }

  static ImageReader bmp() throws IOException {
    return BMP.createReaderInstance();
  }

  static ImageReader tiff() throws IOException {
    return TIFF.createReaderInstance();
  }

  static ImageReader webp() throws IOException {
    return WEBP.createReaderInstance();
  }

  private static ImageReaderSpi jdk(String className) {
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (all.hasNext()) {
      ImageReaderSpi spi = all.next();
      if (spi.getClass().getName().equals(className)) {
        return spi;
      }
    }
    throw new IllegalStateException("this Java platform has no " + className);
  }

  private Readers() {}
}
