package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.image.PreprocessorSpec.CropRounding;
import org.vectormill.udfs.image.PreprocessorSpec.Interpolation;

final class PreprocessorTest {
  private static final List<Double> ZERO = List.of(0.0, 0.0, 0.0);
  private static final List<Double> ONE = List.of(1.0, 1.0, 1.0);

  @Test
  void keepsImageThatHasItsSizeAlready() throws ImageRejectedException {
    RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    assertEquals(image, new Preprocessor(spec(0, 2, 1, 0)).resizeAndCrop(image));
  }

  @Test
  void surroundsImageSmallerThanItsCropWithBlack() throws ImageRejectedException {
    RgbImage image = new RgbImage(1, 1, new byte[] {7, 8, 9});
    byte[] expected = new byte[27];
    expected[12] = 7;
    expected[13] = 8;
    expected[14] = 9;
    assertArrayEquals(expected, new Preprocessor(spec(0, 0, 0, 3)).resizeAndCrop(image).pixels());
  }

  @Test
  void writesPlanesFromTheOffset() throws ImageRejectedException {
    RgbImage image = new RgbImage(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    float[] target = new float[8];
    new Preprocessor(spec(0, 2, 1, 0)).prepare(image, target, 1);
    assertArrayEquals(new float[] {0, 1, 4, 2, 5, 3, 6, 0}, target);
  }

  @Test
  void roundsHalfAPixelOfMarginAsEachLibraryDoes() throws ImageRejectedException {
    assertEquals(2, window(5, 2, CropRounding.HALF_EVEN));
    assertEquals(1, window(5, 2, CropRounding.DOWN));
    assertEquals(0, window(3, 2, CropRounding.HALF_EVEN));
  }

  @Test
  void refusesMeanOfTwoValues() {
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () ->
                new PreprocessorSpec(
                    256,
                    0,
                    0,
                    Interpolation.BILINEAR,
                    224,
                    224,
                    CropRounding.DOWN,
                    1.0,
                    List.of(0.5, 0.5),
                    ONE,
                    "RGB",
                    "NCHW",
                    "float32"));
    assertEquals("preprocessor mean: expected three numbers, got [0.5, 0.5]", e.getMessage());
  }

  private static int window(int width, int crop, CropRounding rounding)
      throws ImageRejectedException {
    return new PreprocessorSpec(
            0,
            0,
            0,
            Interpolation.BILINEAR,
            crop,
            crop,
            rounding,
            1,
            ZERO,
            ONE,
            "RGB",
            "NCHW",
            "float32")
        .window(width, crop)
        .left();
  }

  private static PreprocessorSpec spec(int shortest, int width, int height, int crop) {
    return new PreprocessorSpec(
        shortest,
        width,
        height,
        Interpolation.BILINEAR,
        crop,
        crop,
        CropRounding.HALF_EVEN,
        1,
        ZERO,
        ONE,
        "RGB",
        "NCHW",
        "float32");
  }
}
