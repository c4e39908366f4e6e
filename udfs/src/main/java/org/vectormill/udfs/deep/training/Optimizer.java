package org.vectormill.udfs.deep.training;

import org.vectormill.udfs.deep.network.Descent;

/**
 * A descent that remembers earlier gradients. What it remembers belongs to the arrays' manager, and
 * is freed with it: DJL's optimizers leave theirs in native memory for good.
 */
interface Optimizer extends Descent {
  /** What it remembers now; before the arrays are closed. */
  Moments moments();
}
