package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.List;

/**
 * Who holds the rows: each worker trains on its own and never sees another's. Their number is an
 * option, so that a result doesn't depend on how many cores there are.
 *
 * @param <T> what a worker holds
 */
public interface Workers<T extends Serializable> extends AutoCloseable {
  /** What one worker does with what it holds, and with what all of them are given. */
  @FunctionalInterface
  interface Work<T extends Serializable, S extends Serializable, R extends Serializable>
      extends Serializable {
    /**
     * @param worker number from 0
     * @param own what it holds, in an order that is always the same; it may have no rows
     */
    R of(int worker, T own, S given);
  }

  /** What a worker makes of what it holds. */
  @FunctionalInterface
  interface Preparation<T extends Serializable, U extends Serializable> extends Serializable {
    U of(T own);
  }

  /**
   * Every worker's result, in the order of the workers.
   *
   * @param given may be large: it goes to each process once
   */
  <S extends Serializable, R extends Serializable> List<R> each(S given, Work<T, S, R> work);

  /** Makes one of two results, and changes neither: they may be what the workers were given. */
  @FunctionalInterface
  interface Fold<R> extends Serializable {
    R of(R left, R right);
  }

  /**
   * All workers' results as one, made in the order of a {@link FoldTree}.
   *
   * @param given as in {@link #each}
   */
  <S extends Serializable, R extends Serializable> R fold(
      S given, Work<T, S, R> work, Fold<R> fold);

  /** What a worker holds, and what another set of workers holds of the same number. */
  record Both<T extends Serializable, U extends Serializable>(T own, U other)
      implements Serializable {}

  /**
   * The same workers with what they make of what they hold, once, when it is first needed; it is
   * kept until it is closed.
   *
   * @param given as in {@link #each}
   */
  <S extends Serializable, U extends Serializable> Workers<U> with(S given, Work<T, S, U> work);

  /**
   * The same workers with what they hold and what others hold: nothing more is kept, and closing it
   * does nothing.
   *
   * @param others as many, made of these or as these
   */
  <U extends Serializable> Workers<Both<T, U>> beside(Workers<U> others);

  /**
   * The same workers with a part of what they hold, which is taken out anew each time: nothing is
   * kept, and closing it does nothing.
   */
  <U extends Serializable> Workers<U> seeing(Preparation<T, U> part);

  @Override
  void close();
}
