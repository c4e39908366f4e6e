package org.vectormill.udfs.deep.network;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** How arrays move down their gradients. */
public interface Descent {
  /**
   * One step.
   *
   * @param arrays always the same, in the same order
   * @param gradients of the arrays
   */
  void update(List<NDArray> arrays, List<NDArray> gradients);
}
