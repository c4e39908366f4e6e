package org.vectormill.udfs.deep.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import org.vectormill.udfs.engine.ScriptModule;

/**
 * PyTorch's transposed convolution. DJL has none. An image stretched with zeros and convolved is
 * the same, for four times the work.
 */
final class TransposedConvolution {
  private static final String MODULE = "transposed.pt";

  private final NDManager manager;
  private final PtSymbolBlock module;

  private TransposedConvolution(NDManager manager, PtSymbolBlock module) {
    this.manager = manager;
    this.module = module;
  }

  /** Freed with the manager. */
  static TransposedConvolution open(NDManager manager) {
    return new TransposedConvolution(manager, ScriptModule.open(manager, MODULE));
  }

  /** What a convolution needs to make images of a size, on the processor. */
  NDArray geometry(Convolution one, ImageShape made) {
    long[] values = {one.stride(), one.padding(), made.height(), made.width()};
    return manager.create(values, new Shape(values.length)).toDevice(Device.cpu(), false);
  }

  /**
   * @param x shape (n, inputs, height, width)
   * @param weight shape (outputs, inputs, kernel, kernel), the kernel turned around
   * @param geometry of {@link #geometry}
   * @return shape (n, outputs, height made, width made)
   */
  NDArray of(NDArray x, NDArray weight, NDArray bias, NDArray geometry) {
    return IValueUtils.forward(module, new NDList(x, weight, bias, geometry), true)
        .singletonOrThrow();
  }
}
