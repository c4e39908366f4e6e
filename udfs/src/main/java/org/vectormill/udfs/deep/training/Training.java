package org.vectormill.udfs.deep.training;

/**
 * A training that goes on part by part. What the next part is depends on the progress alone, so it
 * can go on after a kill.
 */
public interface Training<P extends Progress> extends AutoCloseable {
  /** Most parts that it can have, for a progress line. */
  int mostParts();

  /**
   * Where it begins.
   *
   * @param width length of the rows
   */
  P start(int width);

  /** The next part, or the end. */
  P next(P now);

  /** Lets go of what workers keep for it beside their rows. */
  @Override
  default void close() {}
}
