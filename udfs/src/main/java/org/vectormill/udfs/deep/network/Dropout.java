package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Noise that sets components to 0 (Srivastava et al., Dropout, 2014), the same for a seed on any
 * device.
 *
 * @param share of components, rounded to a 65,536th; no less than one of them unless it is 0, and
 *     no more than all but one
 */
public record Dropout(float share, SplittableRandom random) {
  private static final int BITS = 16;
  private static final long STEPS = 1L << BITS;

  /** Some components set to 0, the others made larger so that the mean stays. */
  public NDArray of(NDArray x) {
    if (share == 0) {
      return x;
    }
    Shape shape = x.getShape();
    NDManager manager = x.getManager();
    long dropped = Math.max(1, Math.min(STEPS - 1, Math.round((double) share * STEPS)));
    NDArray kept =
        manager.create(ByteBuffer.wrap(kept((int) shape.size(), dropped)), shape, DataType.INT8);
    return x.mul(
        Constant.times(kept.toType(DataType.FLOAT32, false), (double) STEPS / (STEPS - dropped)));
  }

  /** 1 for each component that stays, 0 for the others; four of one random number. */
  private byte[] kept(int count, long dropped) {
    byte[] kept = new byte[count];
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits = (i & 3) == 0 ? random.nextLong() : bits >>> BITS;
      kept[i] = (byte) ((dropped - 1 - (bits & STEPS - 1)) >>> 63);
    }
    return kept;
  }
}
