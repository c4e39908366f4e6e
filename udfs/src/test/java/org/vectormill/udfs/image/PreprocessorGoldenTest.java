package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Resize, crop and normalisation, against torchvision, Pillow and Hugging Face's processors. */
final class PreprocessorGoldenTest {
  private static final int MOST_VALUES = 5000;
  private static final int STEP = 37;

  static Stream<Arguments> resizesAndCropsAsTorchvisionDoes() {
    return rows("resized.tsv");
  }

  static Stream<Arguments> preparesAsHuggingFaceDoes() {
    return rows("processed.tsv");
  }

  private static Stream<Arguments> rows(String table) {
    List<String[]> rows = Goldens.table(table);
    return IntStream.range(0, rows.size())
        .mapToObj(i -> Arguments.of(i, rows.get(i)[0], rows.get(i)[1]));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void resizesAndCropsAsTorchvisionDoes(int row, String spec, String pixels)
      throws ImageRejectedException {
    RgbImage image = new Preprocessor(PreprocessorFile.read(spec)).resizeAndCrop(source());
    assertArrayEquals(Base64.getDecoder().decode(pixels), image.pixels());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void preparesAsHuggingFaceDoes(int row, String config, String values)
      throws ImageRejectedException {
    Preprocessor preprocessor = new Preprocessor(PreprocessorFile.read(config));
    int width = preprocessor.width() == 0 ? source().width() : preprocessor.width();
    int height = preprocessor.height() == 0 ? source().height() : preprocessor.height();
    float[] prepared = new float[3 * width * height];
    preprocessor.prepare(source(), prepared, 0);
    float[] expected = floats(values);
    float[] actual = prepared.length < MOST_VALUES ? prepared : thinned(prepared, width, height);
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      float bound = 1e-6f * Math.max(1, Math.abs(expected[i]));
      assertTrue(
          Math.abs(expected[i] - actual[i]) <= bound,
          "value " + i + ": " + actual[i] + ", expected " + expected[i]);
    }
  }

  private static RgbImage source() throws ImageRejectedException {
    return Images.decode(Goldens.bytes("resize.png"), 1_000_000);
  }

  /** Every 37th row and column, as large goldens are kept. */
  private static float[] thinned(float[] planes, int width, int height) {
    int rows = (height + STEP - 1) / STEP;
    int columns = (width + STEP - 1) / STEP;
    float[] out = new float[3 * rows * columns];
    int at = 0;
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y += STEP) {
        for (int x = 0; x < width; x += STEP) {
          out[at++] = planes[(c * height + y) * width + x];
        }
      }
    }
    return out;
  }

  private static float[] floats(String base64) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    float[] out = new float[bytes.capacity() / 4];
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
    return out;
  }
}
