package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How arrays move down their gradients. What it remembers of them belongs to their manager, and is
 * freed with it: DJL's optimizers leave theirs in native memory for good.
 */
interface Descent {
  /**
   * One step.
   *
   * @param arrays always the same, in the same order
   * @param gradients of the arrays
   */
  void update(List<NDArray> arrays, List<NDArray> gradients);

  /** What it remembers now; before the arrays are closed. */
  Moments moments();
}
