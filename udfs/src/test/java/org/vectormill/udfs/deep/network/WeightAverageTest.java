package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
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
  void sumsInTheOrderOfTheWorkers(int length) {
    List<float[]> arrays = List.of(random(length, 1), random(length, 2), random(length, 3));
    double[] shares = {0.2, 0.5, 0.3};
    float[] average = WeightAverage.of(arrays, shares);
    assertEquals(length, average.length);
    for (int i = 0; i < length; i++) {
      double sum = 0;
      for (int worker = 0; worker < 3; worker++) {
        sum += shares[worker] * arrays.get(worker)[i];
      }
      assertEquals((float) sum, average[i]);
    }
  }

  @Test
  void oneWorkersArrayIsItsOwnAverage() {
    float[] array = random(5, 1);
    assertSame(array, WeightAverage.of(List.of(array), new double[] {1}));
  }
}
