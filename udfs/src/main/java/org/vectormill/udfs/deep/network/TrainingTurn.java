package org.vectormill.udfs.deep.network;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** DJL collects gradients for the whole JVM: one network is trained at a time. */
public final class TrainingTurn {
  private static final ReentrantLock TURN = new ReentrantLock(true);

  /** Waits until no other network is trained in this JVM, then runs. */
  public static <T> T take(Supplier<T> training) {
    TURN.lock();
    try {
      return training.get();
    } finally {
      TURN.unlock();
    }
  }

  private TrainingTurn() {}
}
