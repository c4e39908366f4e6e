package org.vectormill.udfs.deep.network;

import java.io.Serializable;

/** What two workers came to on their own can become one. */
public interface Averaged<A> extends Serializable {
  /**
   * This and another of the same shape.
   *
   * @param share of the other, 0 to 1; this has the rest
   */
  A average(A other, double share);
}
