package org.vectormill.udfs.deep.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.vectormill.udfs.engine.ScriptCall;
import org.vectormill.udfs.engine.ScriptModule;

/**
 * PyTorch's fused optimizers, which change all arrays of a network in one pass over their memory.
 * DJL's own make an array of the gradient's size for each of an update's operations: on a network
 * of three million weights that was two fifths of a step's time.
 */
final class FusedDescent {
  private static final String MODULE = "descent.pt";

  /**
   * A mean of gradients that are zero from some step on comes to numbers that a processor handles a
   * hundred times slower (denormal ones) within 900 steps. Long before, it moves nothing.
   */
  private static final int FLUSHED_EVERY = 100;

  private static final double LEAST = 1e-30;

  private final NDManager manager;
  private final PtSymbolBlock module;

  private FusedDescent(NDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /** Freed with the manager. */
  static FusedDescent open(NDManager manager) {
    return new FusedDescent(manager, ScriptModule.open(manager, MODULE));
  }

  /**
   * Arrays beside those that are trained.
   *
   * @param values of them; empty for zeros
   */
  static List<NDArray> memory(List<NDArray> arrays, List<float[]> values) {
    if (values.isEmpty()) {
      return arrays.stream().map(NDArray::zerosLike).toList();
    }
    return IntStream.range(0, arrays.size())
        .mapToObj(i -> arrays.get(i).getManager().create(values.get(i), arrays.get(i).getShape()))
        .toList();
  }

  /**
   * Sets what moves nothing any more to zero, now and then.
   *
   * @param before steps that the memory is of, without those of this part: averages of workers need
   *     not be whole
   * @param step of this part, from 1
   */
  void flush(double before, int step, List<NDArray> memory) {
    double steps = before + step;
    if (Math.floor(steps / FLUSHED_EVERY) > Math.floor((steps - 1) / FLUSHED_EVERY)) {
      run("flush", List.of(memory), LEAST);
    }
  }

  static List<float[]> values(List<NDArray> arrays) {
    return arrays.stream().map(NDArray::toFloatArray).toList();
  }

  /** Runs a method of the module: lists of arrays first, then numbers. */
  void run(String method, List<List<NDArray>> lists, double... numbers) {
    try (ScriptCall call = new ScriptCall(module, manager)) {
      lists.forEach(call::add);
      for (double number : numbers) {
        call.add(number);
      }
      call.run(method).close();
    }
  }
}
