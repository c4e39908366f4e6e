package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;
import org.vectormill.udfs.engine.Matrices;

/** Noise that sets components to 0 (Srivastava et al., Dropout, 2014), the same for a seed. */
record Dropout(float share, SplittableRandom random) {
  /** Some components set to 0, the others made larger so that the mean stays. */
  NDArray of(NDArray x) {
    if (share == 0) {
      return x;
    }
    Shape shape = x.getShape();
    float[] kept = new float[(int) shape.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = random.nextDouble() < share ? 0 : 1 / (1 - share);
    }
    return x.mul(Matrices.create(x.getManager(), kept, shape));
  }
}
