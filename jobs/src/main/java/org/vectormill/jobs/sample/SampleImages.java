package org.vectormill.jobs.sample;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** The sample's pictures: forty sound ones of three kinds, a copy, and four damaged ones. */
final class SampleImages {
  private static final int PICTURES_PER_FORMAT_AND_KIND = 4;
  private static final List<String> FORMATS = List.of("jpg", "png", "gif", "bmp");
  private static final int BOMB_SIDE = 100_000;

  private final Random random;

  SampleImages(long seed) {
    random = new Random(seed);
  }

  void writeTo(SampleFiles files) {
    int number = 0;
    byte[] jpeg = new byte[0];
    for (Drawing drawing : Drawing.values()) {
      for (String format : formats(drawing)) {
        for (int i = 0; i < PICTURES_PER_FORMAT_AND_KIND; i++) {
          byte[] encoded = encode(drawing.draw(random), format);
          String name = "%s-%02d.%s".formatted(drawing.code(), number++, format);
          files.write("images/" + drawing.code() + "/" + name, encoded);
          jpeg = format.equals("jpg") ? encoded : jpeg;
        }
      }
    }
    files.write("images/damaged/copy.jpg", jpeg);
    files.write("images/damaged/empty.jpg", new byte[0]);
    files.write("images/damaged/truncated.jpg", Arrays.copyOf(jpeg, jpeg.length / 2));
    files.write("images/damaged/text.jpg", "not a picture\n".getBytes(StandardCharsets.UTF_8));
    files.write("images/damaged/huge.png", pngHeader(BOMB_SIDE, BOMB_SIDE));
  }

  /** Bitmaps of textures would be most of the corpus's bytes and show nothing more. */
  private static List<String> formats(Drawing drawing) {
    return drawing == Drawing.TEXTURE ? FORMATS.subList(0, 2) : FORMATS;
  }

  private static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("every JDK writes " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Signature and IHDR chunk (PNG specification, sections 5.2 and 11.2.2), and nothing more. */
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(33);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    png.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII));
    png.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    return png.putInt((int) crc.getValue()).array();
  }
}
