package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  private static final long MANY = 1_000_000;

  private static RgbImage filled(int width, int height, int red, int green, int blue) {
    byte[] pixels = new byte[3 * width * height];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) red;
      pixels[i + 1] = (byte) green;
      pixels[i + 2] = (byte) blue;
    }
    return new RgbImage(width, height, pixels);
  }

  private static int[] pixel(RgbImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    return new int[] {
      image.pixels()[at] & 0xff, image.pixels()[at + 1] & 0xff, image.pixels()[at + 2] & 0xff
    };
  }

  @Test
  void isAPngOfTheGridsSize() throws Exception {
    RgbImage sheet = Images.decode(new ContactSheet(8, 3).png(), MANY);
    assertEquals(804, sheet.width());
    assertEquals(304, sheet.height());
    byte[] white = new byte[sheet.pixels().length];
    Arrays.fill(white, (byte) 255);
    assertArrayEquals(white, sheet.pixels());
  }

  @Test
  void putsPicturesInTheMiddleOfTheirCells() throws Exception {
    ContactSheet sheet = new ContactSheet(3, 2);
    sheet.put(2, 1, ContactSheet.fit(filled(10, 5, 200, 100, 50)));
    RgbImage read = Images.decode(sheet.png(), MANY);
    int left = ContactSheet.length(2);
    int top = ContactSheet.length(1) + 24;
    int[] white = {255, 255, 255};
    int[] colour = {200, 100, 50};
    assertArrayEquals(white, pixel(read, left - 1, top));
    assertArrayEquals(white, pixel(read, left, top - 1));
    assertArrayEquals(colour, pixel(read, left, top));
    assertArrayEquals(colour, pixel(read, left + 95, top + 47));
    assertArrayEquals(white, pixel(read, left + 95, top + 48));
    assertArrayEquals(white, pixel(read, left + 96, top + 47));
  }

  @Test
  void greysTheCellsThatStayBlank() throws Exception {
    ContactSheet sheet = new ContactSheet(2, 2);
    sheet.blank(1, 0);
    RgbImage read = Images.decode(sheet.png(), MANY);
    assertArrayEquals(new int[] {224, 224, 224}, pixel(read, 104, 4));
    assertArrayEquals(new int[] {224, 224, 224}, pixel(read, 199, 99));
    assertArrayEquals(new int[] {255, 255, 255}, pixel(read, 103, 4));
    assertArrayEquals(new int[] {255, 255, 255}, pixel(read, 104, 104));
  }

  @Test
  void fitsPicturesOfAnyShape() throws Exception {
    assertEquals(96, ContactSheet.fit(filled(28, 28, 1, 2, 3)).width());
    assertEquals(1, ContactSheet.fit(filled(1000, 2, 1, 2, 3)).height());
    RgbImage high = ContactSheet.fit(filled(300, 400, 1, 2, 3));
    assertEquals(72, high.width());
    assertEquals(96, high.height());
  }
}
