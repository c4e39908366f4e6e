package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.RejectReason;

final class ImagesTest {
  private static final long MAX_PIXELS = 1_000_000;

  @Test
  void rejectsNoBytesAsEmpty() {
    assertEquals(RejectReason.EMPTY, reasonOf(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BM",
        "BMW builds cars, and this is a text",
        "P6 2 2 255\n......",
        "<svg/>",
        "GIF",
        "RIFF1234WAVE"
      })
  void rejectsWhatIsOfNoFormat(String content) {
    assertEquals(RejectReason.NOT_AN_IMAGE, reasonOf(content.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void takesTheFormatFromTheBytes() throws ImageRejectedException {
    assertEquals(ImageFormat.JPEG, Images.check(Goldens.bytes("grey.jpg"), MAX_PIXELS).format());
    assertEquals(ImageFormat.WEBP, Images.check(Goldens.bytes("lossy.webp"), MAX_PIXELS).format());
  }

  @Test
  void rejectsEveryFileThatEndsEarly() {
    for (String name : Goldens.images()) {
      byte[] whole = Goldens.bytes(name);
      int[] lengths = {whole.length / 2, whole.length * 3 / 4, whole.length - 20};
      for (int length : lengths) {
        byte[] cut = Arrays.copyOf(whole, length);
        ImageRejectedException e =
            assertThrows(ImageRejectedException.class, () -> Images.check(cut, MAX_PIXELS), name);
        assertEquals(RejectReason.TRUNCATED, e.reason(), name + " cut to " + length + ": " + e);
      }
    }
  }

  @Test
  void rejectsFileCutAtAnyByte() {
    for (String name :
        new String[] {
          "progressive.jpg", "rgb.png", "plain.gif", "rgb.bmp", "raw.tif", "lossless.webp"
        }) {
      byte[] whole = Goldens.bytes(name);
      for (int length = 0; length < whole.length - 8; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThrows(
            ImageRejectedException.class,
            () -> Images.check(cut, MAX_PIXELS),
            name + " cut to " + length);
      }
    }
  }

  @Test
  void findsDecompressionBombInTheHeader() {
    byte[] png = Goldens.bytes("rgb.png");
    System.arraycopy(
        new byte[] {0, 1, (byte) 0x86, (byte) 0xa0, 0, 1, (byte) 0x86, (byte) 0xa0}, 0, png, 16, 8);
    ImageRejectedException e =
        assertThrows(ImageRejectedException.class, () -> Images.check(png, 89_478_485));
    assertEquals(RejectReason.PIXEL_LIMIT, e.reason());
    assertEquals("png of 100000 x 100000 pixels = 10000000000, limit 89478485", e.getMessage());
  }

  @Test
  void findsClaimThatItsDataCannotFill() {
    byte[] png = Goldens.bytes("rgb.png");
    System.arraycopy(new byte[] {0, 0, 0x40, 0, 0, 0, 0x40, 0}, 0, png, 16, 8);
    assertEquals(RejectReason.TRUNCATED, reasonOf(png, Long.MAX_VALUE));
  }

  @Test
  void checksThePixelLimitBeforeDecoding() {
    assertEquals(RejectReason.PIXEL_LIMIT, reasonOf(Goldens.bytes("rgb.png"), 26 * 18 - 1));
  }

  @Test
  void takesAnImageOfExactlyTheLimit() throws ImageRejectedException {
    assertEquals(26, Images.check(Goldens.bytes("rgb.png"), 26 * 18).width());
  }

  @Test
  void rejectsJpegOfTwoFrames() {
    byte[] jpeg = Goldens.bytes("baseline-444.jpg");
    int frame = indexOf(jpeg, 0xc0);
    byte[] twice = new byte[jpeg.length + 19];
    System.arraycopy(jpeg, 0, twice, 0, frame + 19);
    System.arraycopy(jpeg, frame, twice, frame + 19, jpeg.length - frame);
    assertEquals(RejectReason.UNDECODABLE, reasonOf(twice));
  }

  @Test
  void readsJpegWithDamagedProfile() throws ImageRejectedException {
    byte[] jpeg = Goldens.bytes("baseline-444.jpg");
    byte[] profile =
        "\u00ff\u00e2\0\u0014ICC_PROFILE\0\1\1abcd".getBytes(StandardCharsets.ISO_8859_1);
    byte[] with = new byte[jpeg.length + profile.length];
    System.arraycopy(jpeg, 0, with, 0, 2);
    System.arraycopy(profile, 0, with, 2, profile.length);
    System.arraycopy(jpeg, 2, with, 2 + profile.length, jpeg.length - 2);
    assertTrue(
        Arrays.equals(
            Images.decode(jpeg, MAX_PIXELS).pixels(), Images.decode(with, MAX_PIXELS).pixels()));
  }

  @Test
  void rejectsPngWhoseDataIsDamaged() {
    byte[] png = Goldens.bytes("filters.png");
    Arrays.fill(png, 60, 90, (byte) 0x55);
    ImageRejectedException e =
        assertThrows(ImageRejectedException.class, () -> Images.decode(png, MAX_PIXELS));
    assertEquals(RejectReason.UNDECODABLE, e.reason());
  }

  private static RejectReason reasonOf(byte[] content) {
    return reasonOf(content, MAX_PIXELS);
  }

  private static RejectReason reasonOf(byte[] content, long maxPixels) {
    return assertThrows(ImageRejectedException.class, () -> Images.check(content, maxPixels))
        .reason();
  }

  private static int indexOf(byte[] jpeg, int marker) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new IllegalArgumentException("no marker " + marker);
  }
}
