package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.List;

/**
 * Who holds the rows: each worker trains on its own and never sees another's. Their number is an
 * option, so that a result doesn't depend on how many cores there are.
 */
public interface Workers {
  /** What one worker does with its rows. */
  @FunctionalInterface
  interface Work<R extends Serializable> extends Serializable {
    /**
     * @param worker number from 0
     */
    R of(int worker, Rows rows);
  }

  /** Every worker's result, in the order of the workers. */
  <R extends Serializable> List<R> each(Work<R> work);
}
