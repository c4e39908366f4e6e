package org.vectormill.udfs.engine;

import java.util.List;

/**
 * A loaded network of one engine on one device. Safe for use by several threads at once: each call
 * of {@link #run} uses at most the threads that it was loaded with.
 */
public interface Network extends AutoCloseable {
  /** Names of the inputs in the model's order. */
  List<String> inputs();

  /** Rows that every batch must have, where the model fixes it; 0 where any number will do. */
  default long fixedBatch() {
    return 0;
  }

  /**
   * Runs one batch and returns the chosen output.
   *
   * @param inputs one tensor for each of {@link #inputs()}; not kept after the call
   * @throws NetworkMemoryException where the device's or the engine's memory ran out
   * @throws RuntimeException for every other failure of the engine on this batch
   */
  NetworkOutput run(List<Tensor> inputs);

  @Override
  void close();
}
