package org.vectormill.udfs.deep;

import java.io.Serializable;
import java.util.List;

/**
 * Who holds the rows: each worker trains on its own and never sees another's. Their number is an
 * option, so that a result doesn't depend on how many cores there are.
 */
public interface Workers {
  /** What one worker does with its rows, and with what all of them are given. */
  @FunctionalInterface
  interface Work<S extends Serializable, R extends Serializable> extends Serializable {
    /**
     * @param worker number from 0
     * @param rows its own, in an order that is always the same; there may be none
     */
    R of(int worker, Rows rows, S given);
  }

  /**
   * Every worker's result, in the order of the workers.
   *
   * @param given may be large: it goes to each process once
   */
  <S extends Serializable, R extends Serializable> List<R> each(S given, Work<S, R> work);
}
