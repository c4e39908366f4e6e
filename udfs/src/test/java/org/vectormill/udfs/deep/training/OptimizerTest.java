package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.TrainedArrays;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Steps of optimizers against their papers' equations in double precision. */
final class OptimizerTest {
  private static final MatrixSpec MATRICES = new MatrixSpec("cpu", 2);
  private static final Shape[] SHAPES = {
    new Shape(3, 5), new Shape(7), new Shape(20, 1, 4, 4), new Shape(300, 70)
  };
  private static final int STEPS = 5;
  private static final float RATE = 0.01f;

  @Test
  void adamIsThePapers() {
    List<double[]> expected = start();
    List<double[]> targets = targets();
    for (int array = 0; array < SHAPES.length; array++) {
      double[] w = expected.get(array);
      double[] m = new double[w.length];
      double[] v = new double[w.length];
      for (int t = 1; t <= STEPS; t++) {
        for (int i = 0; i < w.length; i++) {
          double g = 2 * (w[i] - targets.get(array)[i]);
          m[i] = 0.9 * m[i] + 0.1 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          double mean = m[i] / (1 - Math.pow(0.9, t));
          double variance = v[i] / (1 - Math.pow(0.999, t));
          w[i] -= RATE * mean / (Math.sqrt(variance) + 1e-8);
        }
      }
    }
    requireNear(expected, moved(new Adam(RATE, Moments.NONE), List.of()));
  }

  @Test
  void momentumRepeatsItsStepsAndFrozenArraysStay() {
    List<double[]> expected = start();
    List<double[]> targets = targets();
    for (int array = 0; array < SHAPES.length; array++) {
      double[] w = expected.get(array);
      double[] step = new double[w.length];
      for (int t = 0; t < STEPS && array != 1; t++) {
        for (int i = 0; i < w.length; i++) {
          step[i] = 0.9 * step[i] + 2 * (w[i] - targets.get(array)[i]);
          w[i] -= RATE * step[i];
        }
      }
    }
    requireNear(expected, moved(new MomentumDescent(RATE, 0.9f, Moments.NONE), List.of(1)));
  }

  @Test
  void goesOnWithWhatItRemembers() {
    for (boolean adam : new boolean[] {true, false}) {
      try (TrainedArrays straight = arrays();
          TrainedArrays parts = arrays()) {
        Optimizer whole = descent(adam, Moments.NONE);
        steps(straight, whole, 2 * STEPS);
        Optimizer first = descent(adam, Moments.NONE);
        steps(parts, first, STEPS);
        Optimizer second = descent(adam, first.moments());
        steps(parts, second, STEPS);
        for (int i = 0; i < SHAPES.length; i++) {
          assertArrayEquals(
              straight.parameter(i).toFloatArray(), parts.parameter(i).toFloatArray());
          assertArrayEquals(whole.moments().first().get(i), second.moments().first().get(i));
        }
        assertEquals(2 * STEPS, second.moments().steps());
      }
    }
  }

  @Test
  void whatMovesNothingBecomesZeroBeforeItIsDenormal() {
    for (boolean adam : new boolean[] {true, false}) {
      Moments moments = Moments.NONE;
      for (int part = 0; part < 20; part++) {
        Optimizer descent = descent(adam, moments);
        try (TrainedArrays arrays = arrays()) {
          if (part == 0) {
            steps(arrays, descent, 1);
          }
          for (int step = 0; step < 50; step++) {
            arrays.step(descent, scratch -> new NDList(), none -> nothing(arrays));
          }
          moments = descent.moments();
        }
      }
      for (float[] values : moments.first()) {
        for (float value : values) {
          assertEquals(0, value);
        }
      }
    }
  }

  /** A loss whose gradients are zero. */
  private static NDArray nothing(TrainedArrays arrays) {
    NDArray sum = arrays.parameter(0).mul(0).sum();
    for (int i = 1; i < SHAPES.length; i++) {
      sum = sum.add(arrays.parameter(i).mul(0).sum());
    }
    return sum;
  }

  @Test
  void momentsOfWorkersAreAveragedByTheirShares() {
    Moments one = new Moments(List.of(new float[] {1, 3}), List.of(new float[] {2, 4}), 10);
    Moments two = new Moments(List.of(new float[] {5, 7}), List.of(new float[] {6, 8}), 14);
    Moments average = one.average(two, 0.25);
    assertArrayEquals(new float[] {2, 4}, average.first().get(0));
    assertArrayEquals(new float[] {3, 5}, average.second().get(0));
    assertEquals(11, average.steps());
  }

  @Test
  void momentsOfAnOptimizerThatHasNotBegunCountForNothing() {
    Moments one = new Moments(List.of(new float[] {1, 3}), List.of(), 10);
    assertEquals(one, one.average(Moments.NONE, 0.5));
    assertEquals(one, Moments.NONE.average(one, 0.5));
    assertEquals(Moments.NONE, Moments.NONE.average(Moments.NONE, 0.5));
  }

  @Test
  void aFileWithoutMomentsIsNoCheckpoint() {
    TensorFile file = new TensorFile();
    VectormillException failure =
        assertThrows(VectormillException.class, () -> Moments.get(file, "old.safetensors"));
    assertEquals(Fault.INPUT, failure.fault());
    assertTrue(failure.getMessage().startsWith("old.safetensors: "), failure.getMessage());
  }

  private static Optimizer descent(boolean adam, Moments from) {
    return adam ? new Adam(RATE, from) : new MomentumDescent(RATE, 0.9f, from);
  }

  /** Arrays after some steps down the squared distances to their targets. */
  private static List<float[]> moved(Optimizer descent, List<Integer> frozen) {
    try (TrainedArrays arrays = arrays()) {
      frozen.forEach(number -> arrays.freeze(number, 1));
      steps(arrays, descent, STEPS);
      List<float[]> values = new ArrayList<>();
      for (int i = 0; i < SHAPES.length; i++) {
        values.add(arrays.parameter(i).toFloatArray());
      }
      return values;
    }
  }

  private static TrainedArrays arrays() {
    TrainedArrays arrays = new TrainedArrays(MATRICES);
    List<double[]> start = start();
    for (int i = 0; i < SHAPES.length; i++) {
      arrays.add(floats(start.get(i)), SHAPES[i]);
    }
    return arrays;
  }

  private static void steps(TrainedArrays arrays, Optimizer descent, int count) {
    List<double[]> targets = targets();
    for (int step = 0; step < count; step++) {
      arrays.step(
          descent,
          scratch -> {
            NDList given = new NDList();
            for (int i = 0; i < SHAPES.length; i++) {
              given.add(scratch.create(floats(targets.get(i)), SHAPES[i]));
            }
            return given;
          },
          given -> {
            NDArray sum = null;
            for (int i = 0; i < SHAPES.length; i++) {
              NDArray one = arrays.parameter(i).sub(given.get(i)).square().sum();
              sum = sum == null ? one : sum.add(one);
            }
            return sum;
          });
    }
  }

  private static List<double[]> start() {
    return random(1);
  }

  private static List<double[]> targets() {
    return random(2);
  }

  private static List<double[]> random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> arrays = new ArrayList<>();
    for (Shape shape : SHAPES) {
      arrays.add(random.doubles(shape.size()).map(value -> (float) value).toArray());
    }
    return arrays;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static void requireNear(List<double[]> expected, List<float[]> actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(floats(expected.get(i)), actual.get(i), 1e-5f, "array " + i);
    }
  }
}
