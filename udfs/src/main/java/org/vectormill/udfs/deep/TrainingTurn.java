package org.vectormill.udfs.deep;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** DJL collects gradients for the whole JVM: one network is trained at a time. */
final class TrainingTurn {
  private static final ReentrantLock TURN = new ReentrantLock(true);

  static <T> T take(Supplier<T> training) {
    TURN.lock();
    try {
      return training.get();
    } finally {
      TURN.unlock();
    }
  }

  private TrainingTurn() {}
}
