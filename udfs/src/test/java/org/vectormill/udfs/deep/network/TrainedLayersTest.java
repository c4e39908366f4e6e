package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/** Gradients of losses that go through layers in several ways. */
class TrainedLayersTest {
  private static final MatrixSpec CPU = new MatrixSpec("cpu", 1);
  private static final int ROWS = 7;
  private static final int WIDTH = 6;

  private static List<Layer> layers() {
    SplittableRandom random = new SplittableRandom(1);
    return List.of(
        new Layer(WIDTH, 5, true, drawn(30, random), drawn(5, random)),
        new Layer(5, 4, true, drawn(20, random), drawn(4, random)),
        new Layer(4, WIDTH, false, drawn(24, random), drawn(WIDTH, random)));
  }

  private static float[] drawn(int count, SplittableRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private interface Loss {
    NDArray of(TrainedLayers layers, NDArray x);
  }

  /** Gradients of the arrays that move. */
  private static List<float[]> gradients(Consumer<TrainedLayers> prepared, Loss loss) {
    List<float[]> found = new ArrayList<>();
    float[] x = drawn(ROWS * WIDTH, new SplittableRandom(2));
    TrainingTurn.take(
        () -> {
          try (TrainedLayers layers = new TrainedLayers(layers(), CPU)) {
            prepared.accept(layers);
            layers.step(
                (arrays, gradients) -> gradients.forEach(one -> found.add(one.toFloatArray())),
                scratch -> new NDList(Matrices.create(scratch, x, new Shape(ROWS, WIDTH))),
                given -> loss.of(layers, given.get(0)));
            return null;
          }
        });
    return found;
  }

  private static List<float[]> gradients(Loss loss) {
    return gradients(none -> {}, loss);
  }

  private static NDArray squares(NDArray y) {
    return y.square().mean();
  }

  private static void assertTimes(float factor, List<float[]> one, List<float[]> other) {
    assertEquals(one.size(), other.size());
    for (int array = 0; array < one.size(); array++) {
      for (int i = 0; i < one.get(array).length; i++) {
        assertEquals(factor * one.get(array)[i], other.get(array)[i], 1e-5);
      }
    }
  }

  @Test
  void aPathThatIsTakenTwiceCountsTwice() {
    assertTimes(
        2,
        gradients((layers, x) -> squares(layers.through(x, 0, 3))),
        gradients(
            (layers, x) -> squares(layers.through(x, 0, 3)).add(squares(layers.through(x, 0, 3)))));
  }

  @Test
  void pathsOnOneAnotherAreOnePath() {
    List<float[]> whole = gradients((layers, x) -> squares(layers.through(x, 0, 3)));
    UnaryOperator<NDArray> same = code -> code.mul(code.onesLike());
    for (UnaryOperator<NDArray> between : List.of(UnaryOperator.<NDArray>identity(), same)) {
      assertTimes(
          1,
          whole,
          gradients(
              (layers, x) ->
                  squares(layers.through(between.apply(layers.through(x, 0, 2)), 2, 1))));
    }
  }

  @Test
  void aCodeThatTheLossSeesToo() {
    List<float[]> alone = gradients((layers, x) -> squares(layers.through(x, 0, 2)));
    List<float[]> decoded = gradients((layers, x) -> squares(layers.through(x, 0, 3)));
    List<float[]> both =
        gradients(
            (layers, x) -> {
              NDArray code = layers.through(x, 0, 2);
              return squares(code).add(squares(layers.through(code, 2, 1)));
            });
    for (int array = 0; array < both.size(); array++) {
      for (int i = 0; i < both.get(array).length; i++) {
        assertEquals(alone.get(array)[i] + decoded.get(array)[i], both.get(array)[i], 1e-5);
      }
    }
    assertArrayEquals(new float[24], alone.get(4), "the decoder has no part in it");
  }

  /** With squared codes: the loss sees these, and decodes them twice. */
  @Test
  void whatLiesBetweenMayBeSeenSeveralTimes() {
    UnaryOperator<NDArray> squared = code -> code.mul(code);
    List<float[]> alone = gradients((layers, x) -> squares(squared.apply(layers.through(x, 0, 2))));
    List<float[]> decoded =
        gradients(
            (layers, x) -> squares(layers.through(squared.apply(layers.through(x, 0, 2)), 2, 1)));
    List<float[]> all =
        gradients(
            (layers, x) -> {
              NDArray code = squared.apply(layers.through(x, 0, 2));
              return squares(code)
                  .add(squares(layers.through(code, 2, 1)))
                  .add(squares(layers.through(code, 2, 1)));
            });
    for (int array = 0; array < all.size(); array++) {
      for (int i = 0; i < all.get(array).length; i++) {
        float expected = alone.get(array)[i] + 2 * decoded.get(array)[i];
        assertEquals(expected, all.get(array)[i], 1e-5 * Math.max(1, Math.abs(expected)));
      }
    }
  }

  @Test
  void otherArraysHaveTheEnginesGradient() {
    List<float[]> found =
        gradients(
            layers -> layers.add(new float[] {2}, new Shape(1)),
            (layers, x) -> squares(layers.through(x, 0, 3)).mul(layers.parameter(6)).sum());
    List<float[]> plain = gradients((layers, x) -> squares(layers.through(x, 0, 3)));
    assertTimes(2, plain, found.subList(0, 6));
    assertEquals(1, found.get(6).length);
  }

  @Test
  void whatIsFrozenHasNone() {
    List<float[]> whole = gradients((layers, x) -> squares(layers.through(x, 0, 3)));
    List<float[]> found =
        gradients(layers -> layers.freeze(4, 2), (layers, x) -> squares(layers.through(x, 0, 3)));
    assertTimes(1, whole.subList(0, 4), found);
  }
}
