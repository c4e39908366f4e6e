package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightAverageTest {
  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] array = new float[length];
    for (int i = 0; i < length; i++) {
      array[i] = (float) random.nextGaussian();
    }
    return array;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000})
  void eachCountsByItsShare(int length) {
    float[] one = random(length, 1);
    float[] other = random(length, 2);
    float[] average = WeightAverage.of(one, other, 0.3);
    assertEquals(length, average.length);
    for (int i = 0; i < length; i++) {
      assertEquals(0.7 * one[i] + 0.3 * other[i], average[i], 1e-6);
    }
  }

  @Test
  void theAverageOfTheSameIsTheSame() {
    float[] array = random(100, 1);
    assertArrayEquals(array, WeightAverage.of(array, array.clone(), 1.0 / 3));
  }

  @Test
  void whatHasNoShareIsNotSeen() {
    float[] array = random(100, 1);
    assertArrayEquals(array, WeightAverage.of(array, random(100, 2), 0));
  }
}
