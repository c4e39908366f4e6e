package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.vectors.MatrixSpec;

/** What one worker trains, in native memory. Of one thread, which closes it. */
public class TrainedArrays implements AutoCloseable {
  private static final AtomicInteger OPENED = new AtomicInteger();

  private final NDManager manager;
  private final List<NDArray> parameters = new ArrayList<>();
  private final BitSet frozen = new BitSet();
  private final BitSet taped = new BitSet();
  private final List<Runnable> tape = new ArrayList<>();
  private final Map<Integer, NDArray> found = new HashMap<>();
  private List<NDArray> seen = parameters;

  public TrainedArrays(MatrixSpec matrices) {
    this.manager = matrices.newManager();
    OPENED.incrementAndGet();
  }

  /** How many times weights were brought to native memory since the JVM started. */
  static int opened() {
    return OPENED.get();
  }

  /** One more array; its number is that of those before it. */
  public final int add(float[] values, Shape shape) {
    try {
      parameters.add(Matrices.create(manager, values, shape));
    } catch (RuntimeException | Error e) {
      // Nobody has it yet who would close it, and the next attempt needs what is taken.
      close();
      throw e;
    }
    return parameters.size() - 1;
  }

  /** Keeps some arrays as they are: the loss of the steps to come is not of them. */
  public final void freeze(int first, int count) {
    frozen.set(first, first + count);
  }

  /**
   * Keeps some arrays from the engine's own backward pass: their gradients are told in what {@link
   * #onWayBack} is given.
   */
  final void tape(int first, int count) {
    taped.set(first, first + count);
  }

  /** Whether a loss is being made. */
  final boolean stepping() {
    return seen != parameters;
  }

  /** What is done after the engine's backward pass, the last first. */
  final void onWayBack(Runnable part) {
    tape.add(part);
  }

  /** Tells a gradient of a taped array; several of one array are added. */
  final void gradient(int number, NDArray gradient) {
    found.merge(number, gradient, NDArray::add);
  }

  final NDManager manager() {
    return manager;
  }

  /** An array as the loss sees it. */
  public final NDArray parameter(int number) {
    return seen.get(number);
  }

  /**
   * One step down the gradient.
   *
   * @param batch what the loss is of, made with the manager that it gets; nothing of it is trained
   * @return the loss before the step
   */
  public final float step(
      Descent descent, Function<NDManager, NDList> batch, Function<NDList, NDArray> loss) {
    try (NDManager scratch = manager.newSubManager()) {
      NDList given = batch.apply(scratch);
      // Views of the arrays, new ones for each step: their gradients are what the backward pass
      // makes, and not added to zeros that somebody has to write first.
      seen = IntStream.range(0, parameters.size()).mapToObj(i -> seen(i, scratch)).toList();
      float value;
      try (GradientCollector ignored = manager.getEngine().newGradientCollector()) {
        NDArray of = loss.apply(given);
        // What was kept for it stays until the arrays are closed: the tape may need it again.
        JniUtils.backward((PtNDArray) of, (PtNDArray) of.onesLike(), true, false);
        for (int i = tape.size() - 1; i >= 0; i--) {
          tape.get(i).run();
        }
        value = of.getFloat();
      }
      descent.update(moving(parameters), gradients(scratch));
      return value;
    } finally {
      seen = parameters;
      tape.clear();
      found.clear();
    }
  }

  /** Euclidean length of all values together; no number where one of them is none. */
  public final float norm() {
    try (NDManager scratch = manager.newSubManager()) {
      double sum = 0;
      for (NDArray array : parameters) {
        NDArray squares = array.square();
        squares.attach(scratch);
        NDArray total = squares.sum();
        total.attach(scratch);
        sum += total.getFloat();
      }
      return (float) Math.sqrt(sum);
    }
  }

  private NDArray seen(int number, NDManager scratch) {
    NDArray array = parameters.get(number);
    if (frozen.get(number) || taped.get(number)) {
      return array;
    }
    NDArray view = array.stopGradient();
    view.attach(scratch);
    view.setRequiresGradient(true);
    return view;
  }

  private List<NDArray> moving(List<NDArray> arrays) {
    return moving().mapToObj(arrays::get).toList();
  }

  private IntStream moving() {
    return IntStream.range(0, parameters.size()).filter(i -> !frozen.get(i));
  }

  private List<NDArray> gradients(NDManager scratch) {
    return moving().mapToObj(i -> gradient(i, scratch)).toList();
  }

  private NDArray gradient(int number, NDManager scratch) {
    NDArray gradient =
        taped.get(number)
            ? found.computeIfAbsent(number, none -> parameters.get(number).zerosLike())
            : seen.get(number).getGradient();
    gradient.attach(scratch);
    return gradient;
  }

  @Override
  public final void close() {
    manager.close();
  }
}
