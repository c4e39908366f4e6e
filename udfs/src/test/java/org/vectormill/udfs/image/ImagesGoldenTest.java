package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format and flavour, against Pillow's pixels. */
final class ImagesGoldenTest {
  private static final long MAX_PIXELS = 1_000_000;

  static Stream<Arguments> decodesAsPillowDoes() {
    return Goldens.table("decoded.tsv").stream().map(row -> Arguments.of((Object[]) row));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void decodesAsPillowDoes(String name, int tolerance, int width, int height, String expectedPixels)
      throws ImageRejectedException {
    RgbImage image = Images.decode(Goldens.bytes(name), MAX_PIXELS);
    assertEquals(width + " x " + height, image.width() + " x " + image.height());
    byte[] expected = Base64.getDecoder().decode(expectedPixels);
    assertEquals(expected.length, image.pixels().length);
    int difference = Goldens.largestDifference(expected, image.pixels());
    assertTrue(difference <= tolerance, name + " differs by " + difference);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decodesAsPillowDoes")
  void readsSizeWithoutDecoding(String name, int tolerance, int width, int height, String pixels)
      throws ImageRejectedException {
    ImageHeader header = Images.header(Goldens.bytes(name));
    boolean turned = header.orientation() >= 5;
    assertEquals(width, turned ? header.height() : header.width());
    assertEquals(height, turned ? header.width() : header.height());
    assertEquals(1, header.format().extensions().stream().filter(name::endsWith).count());
  }
}
