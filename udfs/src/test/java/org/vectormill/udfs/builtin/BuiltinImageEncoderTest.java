package org.vectormill.udfs.builtin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.ContentHash;
import org.vectormill.udfs.builtin.BuiltinImageEncoder.Options;
import org.vectormill.udfs.encode.EncodedRows;

final class BuiltinImageEncoderTest {
  private static final long MAX_PIXELS = 1_000_000;
  private static final Options PLAIN = new Options(true, 0, MAX_PIXELS, 1);

  @Test
  void givesUnitVectorsForEveryPlainColour() throws IOException {
    for (Color colour :
        List.of(Color.BLACK, Color.WHITE, Color.GRAY, Color.RED, new Color(128, 128, 128))) {
      float[] vector = encode(PLAIN, drawing(20, 10, colour, null)).values();
      assertEquals(256, vector.length);
      assertEquals(1, norm(vector), 1e-6);
    }
  }

  @Test
  void putsResizedCopyNearerThanOtherPictures() throws IOException {
    float[] all =
        encode(
                PLAIN,
                drawing(200, 150, Color.WHITE, Color.BLUE),
                drawing(100, 75, Color.WHITE, Color.BLUE),
                drawing(200, 150, Color.GREEN, Color.BLUE),
                drawing(200, 150, Color.WHITE, null))
            .values();
    double copy = cosine(all, 0, 1);
    assertTrue(copy > 0.99, "cosine to the smaller copy " + copy);
    assertTrue(cosine(all, 0, 2) < 0.95);
    assertTrue(cosine(all, 0, 3) < 0.8);
  }

  @Test
  void givesTheSameVectorsWithAnyNumberOfThreads() throws IOException {
    byte[][] images = new byte[17][];
    for (int i = 0; i < images.length; i++) {
      images[i] = i == 5 ? new byte[] {1, 2, 3} : drawing(30 + i, 40, Color.YELLOW, Color.BLACK);
    }
    EncodedRows one = encode(PLAIN, images);
    EncodedRows three = encode(new Options(true, 0, MAX_PIXELS, 3), images);
    assertArrayEquals(one.values(), three.values());
    assertArrayEquals(one.failures(), three.failures());
  }

  /** Every operation is exactly rounded, so no machine, JDK or compiler may change a bit. */
  @Test
  void givesTheSameBitsOnEveryMachine() throws IOException {
    float[] vector = encode(PLAIN, drawing(50, 40, Color.ORANGE, Color.BLUE)).values();
    StringBuilder bits = new StringBuilder();
    for (float v : vector) {
      bits.append(Integer.toHexString(Float.floatToIntBits(v))).append(' ');
    }
    assertEquals(
        "4fced4c8a7c2395356d5fc8fc2c04f1b22330b8c52bceb7c0e539a913b12450d",
        ContentHash.of(bits.toString()));
  }

  @Test
  void keepsTheFirstDimensionsAndScalesThemAnew() throws IOException {
    float[] whole = encode(PLAIN, drawing(50, 40, Color.RED, Color.BLACK)).values();
    float[] part =
        encode(new Options(true, 96, MAX_PIXELS, 1), drawing(50, 40, Color.RED, Color.BLACK))
            .values();
    assertEquals(96, part.length);
    assertEquals(1, norm(part), 1e-6);
    assertEquals(1, cosine(part, Arrays.copyOf(whole, 96)), 1e-6);
  }

  @Test
  void reportsEachRowThatFailsAndGoesOn() throws IOException {
    byte[] good = drawing(20, 20, Color.RED, Color.BLACK);
    EncodedRows rows =
        encode(new Options(true, 0, 500, 1), good, new byte[0], drawing(40, 20, Color.RED, null));
    assertNull(rows.failures()[0]);
    assertEquals(RejectReason.EMPTY, rows.failures()[1].reason());
    assertEquals(RejectReason.PIXEL_LIMIT, rows.failures()[2].reason());
    assertNotNull(rows.failures()[2].message());
    for (int i = 256; i < rows.values().length; i++) {
      assertEquals(0, rows.values()[i]);
    }
  }

  @Test
  void refusesMoreDimensionsThanItHas() {
    VectormillException e =
        assertThrows(VectormillException.class, () -> new Options(true, 257, 1, 1));
    assertEquals(
        "builtin:image, dimensions: 257 is out of range; dimensions are 0..256, max pixels and"
            + " threads at least 1",
        e.getMessage());
  }

  private static EncodedRows encode(Options options, byte[]... images) {
    try (BuiltinImageEncoder encoder = new BuiltinImageEncoder(options)) {
      return encoder.encode(images);
    }
  }

  /** A PNG of one colour, with a bar and a disc in another where it is not null. */
  private static byte[] drawing(int width, int height, Color ground, Color figure)
      throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(ground);
    pen.fillRect(0, 0, width, height);
    if (figure != null) {
      pen.setColor(figure);
      pen.fillRect(width / 10, height / 2, width / 2, height / 5);
      pen.fillRect(width / 2, height / 10, width / 4, height / 4);
    }
    pen.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static double norm(float[] v) {
    double sum = 0;
    for (float x : v) {
      sum += (double) x * x;
    }
    return Math.sqrt(sum);
  }

  private static double cosine(float[] rows, int a, int b) {
    return cosine(
        Arrays.copyOfRange(rows, a * 256, a * 256 + 256),
        Arrays.copyOfRange(rows, b * 256, b * 256 + 256));
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
    }
    return dot / (norm(a) * norm(b));
  }
}
