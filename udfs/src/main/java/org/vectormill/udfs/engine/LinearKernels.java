package org.vectormill.udfs.engine;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.udfs.encode.EngineKind;

/**
 * Products x·Wᵀ + b, and dense layers there and back. On a CPU by oneDNN, where the engine has it:
 * its kernels are made for the processor that they run on, while those of the library that PyTorch
 * takes for single-precision products are made for another maker's. What these methods return
 * belongs to the manager of x.
 */
public final class LinearKernels {
  private static final Logger LOG = LoggerFactory.getLogger(LinearKernels.class);

  /** Modules are opened once in a JVM: they hold nothing, and are compiled when first called. */
  private static final class Opened {
    static final NDManager MANAGER = Engines.of(EngineKind.TORCHSCRIPT).newBaseManager();
    static final LinearKernels PLAIN = new LinearKernels(ScriptModule.open(MANAGER, "linear.pt"));
    static final LinearKernels ONEDNN = onednn();

    /** A build of PyTorch without oneDNN, as some for ARM are, doesn't know its operation. */
    private static LinearKernels onednn() {
      try {
        return new LinearKernels(ScriptModule.open(MANAGER, "linear-onednn.pt"));
      } catch (EngineException e) {
        LOG.info("PyTorch has no oneDNN here, products go by its own library");
        LOG.debug("Why it has none", e);
        return PLAIN;
      }
    }
  }

  private final PtSymbolBlock module;

  private LinearKernels(PtSymbolBlock module) {
    this.module = module;
  }

  /** Those for arrays that are where x is. */
  public static LinearKernels of(NDArray x) {
    return x.getDevice().isGpu() ? plain() : Opened.ONEDNN;
  }

  /** PyTorch's own product, on any device. */
  static LinearKernels plain() {
    return Opened.PLAIN;
  }

  /**
   * Product of rows.
   *
   * @param x shape (n, d)
   * @param weight shape (m, d)
   * @param bias shape (m)
   * @return shape (n, m)
   */
  public NDArray product(NDArray x, NDArray weight, NDArray bias) {
    try (ScriptCall given = new ScriptCall(module, x.getManager())) {
      return given.add(x).add(weight).add(bias).tensor("product");
    }
  }

  /**
   * The largest entry of each row of {@link #product}, and its number; of equal ones the first.
   *
   * @return shapes (n) and (n): floats and longs
   */
  public NDList largest(NDArray x, NDArray weight, NDArray bias) {
    try (ScriptCall given = new ScriptCall(module, x.getManager())) {
      return given.add(x).add(weight).add(bias).list("largest");
    }
  }

  /**
   * What dense layers make, one after the other.
   *
   * @param x shape (n, inputs)
   * @param weights of each layer, shape (inputs, outputs)
   * @param biases of each layer, shape (outputs)
   * @param rectified whether what is below 0 becomes 0, of each layer
   * @return x itself, and what each layer made
   */
  public NDList layers(
      NDArray x, List<NDArray> weights, List<NDArray> biases, boolean[] rectified) {
    try (ScriptCall given = new ScriptCall(module, x.getManager())) {
      return given.add(x).add(weights).add(biases).add(IValue.listFrom(rectified)).list("layers");
    }
  }

  /**
   * Gradients of a loss by what went into {@link #layers}.
   *
   * @param gradient by what the last layer made
   * @param made what {@link #layers} returned
   * @param ofX whether x's is asked for
   * @return of each weight and bias, in the layers' order; last x's, where asked
   */
  public NDList gradients(
      NDArray gradient,
      List<NDArray> made,
      List<NDArray> weights,
      boolean[] rectified,
      boolean ofX) {
    try (ScriptCall given = new ScriptCall(module, gradient.getManager())) {
      NDList found =
          given
              .add(gradient)
              .add(made)
              .add(weights)
              .add(IValue.listFrom(rectified))
              .add(IValue.from(ofX))
              .list("gradients");
      // They come as they are found: from the last layer's bias to the first one's weight.
      Collections.reverse(found.subList(0, 2 * weights.size()));
      return found;
    }
  }

  /**
   * Whether a gradient by x is of use. DJL says so of arrays only that nothing was made of.
   *
   * @param x of an open gradient collector
   */
  public boolean moves(NDArray x) {
    try (ScriptCall given = new ScriptCall(module, x.getManager());
        IValue told = given.add(x).run("moves")) {
      return told.toBoolean();
    }
  }
}
