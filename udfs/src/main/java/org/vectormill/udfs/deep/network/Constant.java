package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.vectormill.udfs.engine.Matrices;

/**
 * Operations of arrays with a number, for losses. Those of DJL's PyTorch engine make the number an
 * array on Java's memory and let go of that at once, while the backward pass still reads it: after
 * a garbage collection the gradient is of whatever lies there. These keep the number for as long as
 * the other operand's manager is open.
 */
public final class Constant {
  /** Each value times the factor. */
  public static NDArray times(NDArray x, double factor) {
    return x.mul(of(x, factor));
  }

  /** The larger of each value and the bound. */
  public static NDArray atLeast(NDArray x, double bound) {
    return x.maximum(of(x, bound));
  }

  private static NDArray of(NDArray beside, double value) {
    return Matrices.create(beside.getManager(), new float[] {(float) value}, new Shape());
  }

  private Constant() {}
}
