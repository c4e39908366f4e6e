package org.vectormill.udfs.deep.dec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadSteps;
import org.vectormill.udfs.deep.icon.HeadTraining;
import org.vectormill.udfs.deep.nat.NoiseOptions;
import org.vectormill.udfs.deep.nat.NoiseSteps;
import org.vectormill.udfs.deep.nat.NoiseTraining;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryNotes;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Progress;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.deep.training.Training;
import org.vectormill.udfs.vectors.Metric;

/**
 * Training while garbage is collected all the time: what a backward pass reads must still be there.
 * Gradients once were of memory that Java had given to others.
 */
final class CollectedMemoryTest {
  @Test
  void heads() {
    assertSameBits(
        () -> {
          HeadOptions options =
              new HeadOptions(
                  3, List.of(), 4, 10, new HeadSteps(Groups.CPU, 64, 0.01f, 0.6f, 1), 1, 5);
          try (HeadTraining training =
              new HeadTraining(InMemoryWorkers.deal(Groups.rows(), 2), options, Metric.L2)) {
            return ended(training).layers().get(0).weight();
          }
        });
  }

  @Test
  void deepClusters() {
    assertSameBits(
        () -> {
          DeepOptions options =
              new DeepOptions(
                  3,
                  java.util.List.of(32, 2),
                  1,
                  3,
                  new Pretraining(Groups.CPU, 16, 0.005f, RateSchedule.CONSTANT, 0.2f),
                  2,
                  ClusteringSteps.idec(Groups.CPU, 16, 0.01f, 0.1f),
                  0,
                  Averages.ONCE,
                  3,
                  0,
                  4);
          DeepTraining training =
              new DeepTraining(InMemoryWorkers.deal(Groups.rows(), 1), options, Optional.empty());
          return ended(training).centroids();
        });
  }

  @Test
  void noise() {
    assertSameBits(
        () -> {
          NoiseOptions options =
              new NoiseOptions(
                  3, java.util.List.of(32, 4), 10, 2, 2, new NoiseSteps(Groups.CPU, 32, 0.005f), 7);
          NoiseTraining training =
              new NoiseTraining(
                  InMemoryWorkers.deal(Groups.rows(), 1), options, new InMemoryNotes());
          return ended(training).centroids();
        });
  }

  private static <P extends Progress> P ended(Training<P> training) {
    P progress = training.start(Groups.WIDTH);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static void assertSameBits(Supplier<float[]> training) {
    float[] quiet = training.get();
    AtomicBoolean done = new AtomicBoolean();
    Thread collector = new Thread(() -> collect(done), "collector");
    collector.start();
    try {
      assertArrayEquals(quiet, training.get());
    } finally {
      done.set(true);
      try {
        collector.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Frees buffers that nobody holds, and fills the memory anew. */
  private static void collect(AtomicBoolean done) {
    ByteBuffer[] others = new ByteBuffer[2000];
    int next = 0;
    while (!done.get()) {
      System.gc();
      for (int i = 0; i < others.length / 2; i++) {
        ByteBuffer other = ByteBuffer.allocateDirect(4 + next % 64);
        while (other.hasRemaining()) {
          other.put((byte) 0x7f);
        }
        others[next++ % others.length] = other;
      }
    }
  }
}
