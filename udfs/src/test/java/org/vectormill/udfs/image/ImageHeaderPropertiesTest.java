package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Headers alone, which is all that decides whether pixels are ever decoded. */
class ImageHeaderPropertiesTest {
  private static final String SEED = "20261125";
  private static final byte[] PNG = Goldens.bytes("filters.png");
  private static final byte[] BMP = Goldens.bytes("palette.bmp");

  /** Whatever follows a format's magic number, a header has sizes or the file is refused. */
  @Property(seed = SEED, tries = 3000)
  void anyBytesAreAHeaderOrAReject(
      @ForAll("magics") byte[] magic, @ForAll("contents") byte[] content) {
    byte[] file = Arrays.copyOf(magic, magic.length + content.length);
    System.arraycopy(content, 0, file, magic.length, content.length);
    try {
      ImageHeader header = Images.header(file);
      assertTrue(header.width() > 0 && header.height() > 0, header.toString());
      assertTrue(header.orientation() >= 1 && header.orientation() <= 8, header.toString());
    } catch (ImageRejectedException e) {
      assertFalse(e.getMessage().isBlank());
    }
  }

  @Property(seed = SEED)
  void pngSizesAreThoseOfItsHeader(
      @ForAll @IntRange(min = 1) int width, @ForAll @IntRange(min = 1) int height)
      throws ImageRejectedException {
    ByteBuffer file = ByteBuffer.wrap(PNG.clone()).putInt(16, width).putInt(20, height);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(file.array(), 12, 17);
    file.putInt(29, (int) crc.getValue());
    ImageHeader header = Images.header(file.array());
    assertEquals(width, header.width());
    assertEquals(height, header.height());
    assertEquals((long) width * height, header.pixels());
  }

  /** A negative height says that rows go from top to bottom. */
  @Property(seed = SEED)
  void bmpSizesAreThoseOfItsHeader(
      @ForAll @IntRange(min = 1) int width,
      @ForAll @IntRange(min = -Integer.MAX_VALUE) int height) {
    byte[] file =
        ByteBuffer.wrap(BMP.clone())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(18, width)
            .putInt(22, height)
            .array();
    try {
      ImageHeader header = Images.header(file);
      assertEquals(width, header.width());
      assertEquals(Math.abs(height), header.height());
    } catch (ImageRejectedException e) {
      assertEquals(0, height, e.getMessage());
    }
  }

  /** A file that is cut may lose its header; it never has another one. */
  @Property(seed = SEED)
  void aCutFileHasTheSameHeaderOrNone(@ForAll("names") String name, @ForAll("places") double place)
      throws ImageRejectedException {
    byte[] whole = Goldens.bytes(name);
    ImageHeader header = Images.header(whole);
    try {
      ImageHeader cut = Images.header(Arrays.copyOf(whole, (int) (place * whole.length)));
      assertEquals(header.width(), cut.width(), name);
      assertEquals(header.height(), cut.height(), name);
    } catch (ImageRejectedException e) {
      assertFalse(e.getMessage().isBlank());
    }
  }

  @Provide
  Arbitrary<byte[]> magics() {
    return Arbitraries.of(
        new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff},
        Arrays.copyOf(PNG, 8),
        Arrays.copyOf(PNG, 16),
        "GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        "BM".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        new byte[] {'I', 'I', 42, 0},
        new byte[] {'M', 'M', 0, 42},
        new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0},
        "RIFF\0\1\0\0WEBPVP8 ".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        "RIFF\0\1\0\0WEBPVP8L".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
        "RIFF\0\1\0\0WEBPVP8X".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<Byte> usual =
        Arbitraries.of(0, 1, 2, 8, 0x10, 0x7f, 0x80, 0xc0, 0xd8, 0xda, 0xff)
            .map(Integer::byteValue);
    return Arbitraries.oneOf(Arbitraries.bytes(), usual).array(byte[].class).ofMaxSize(64);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(Goldens.images());
  }

  @Provide
  Arbitrary<Double> places() {
    return Arbitraries.doubles().between(0, true, 1, false);
  }
}
