package org.vectormill.udfs.deep;

import ai.djl.ndarray.NDArray;

/**
 * How arrays move down their gradients. What it remembers of an array belongs to that array's
 * manager, and is freed with it: DJL's optimizers leave theirs in native memory for good.
 */
interface Descent {
  /**
   * One step.
   *
   * @param number of the array, always the same
   */
  void update(int number, NDArray array, NDArray gradient);
}
