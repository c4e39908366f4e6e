package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.vectormill.udfs.encode.Pooling;

/** Against a plain reference that first takes the row's tokens out of the padding. */
final class TokenPoolingTest {
  private static final int D = 5;

  @ParameterizedTest
  @EnumSource(value = Pooling.class, names = "NONE", mode = Mode.EXCLUDE)
  void agreesWithTheReferenceForPaddingOnEitherSide(Pooling pooling) {
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      int tokens = 1 + random.nextInt(6);
      int left = random.nextInt(3);
      int length = tokens + left + random.nextInt(3);
      int skip = random.nextInt(tokens + 1);
      int rows = 3;
      float[] values = new float[rows * length * D];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian() * 100;
      }
      long[] mask = new long[rows * length];
      for (int t = 0; t < tokens; t++) {
        mask[length + left + t] = 1;
      }
      double[] pooled = new double[D];
      TokenPooling.pool(
          pooling, new TokenPooling.Row(values, length * D, D, mask, length, length, skip), pooled);
      List<double[]> text = new ArrayList<>();
      for (int t = 0; t < tokens; t++) {
        double[] token = new double[D];
        for (int j = 0; j < D; j++) {
          token[j] = values[(length + left + t) * D + j];
        }
        text.add(token);
      }
      assertArrayEquals(reference(pooling, text, skip), pooled, 1e-9);
    }
  }

  private static double[] reference(Pooling pooling, List<double[]> text, int skip) {
    int n = text.size();
    if (pooling == Pooling.CLS) {
      return text.get(0);
    }
    double[] result = new double[D];
    if (skip >= n) {
      return result;
    }
    for (int j = 0; j < D; j++) {
      double sum = 0;
      double weights = 0;
      double largest = Double.NEGATIVE_INFINITY;
      for (int t = skip; t < n; t++) {
        double weight = pooling == Pooling.WEIGHTED_MEAN ? t + 1 : 1;
        sum += weight * text.get(t)[j];
        weights += weight;
        largest = Math.max(largest, text.get(t)[j]);
      }
      result[j] =
          switch (pooling) {
            case MEAN, WEIGHTED_MEAN -> sum / weights;
            case MAX -> largest;
            case LAST, CLS, NONE -> text.get(n - 1)[j];
          };
    }
    return result;
  }

  @Test
  void takesNoPoolingForRowsOfTokens() {
    var row = new TokenPooling.Row(new float[D], 0, D, new long[] {1}, 0, 1, 0);
    assertThrows(
        IllegalArgumentException.class, () -> TokenPooling.pool(Pooling.NONE, row, new double[D]));
  }
}
