package org.vectormill.udfs.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

final class HeadTrainingTest {
  private static final int ROUNDS = 4;

  private static HeadOptions options(int heads) {
    return new HeadOptions(3, heads, 10, new HeadSteps(Groups.CPU, 64, 0.01f, 0.6f), ROUNDS, 5);
  }

  private static HeadProgress train(HeadTraining training) {
    HeadProgress progress = training.start(Groups.WIDTH);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static HeadTraining training(int workers, int heads) {
    return new HeadTraining(
        InMemoryWorkers.deal(Groups.rows(), workers), options(heads), Metric.L2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void findsTheGroupsWithAnyNumberOfWorkers(int workers) {
    try (HeadTraining training = training(workers, 5)) {
      HeadProgress end = train(training);
      ClusterHead head = training.head(end);
      try (HeadNetwork network = new HeadNetwork(head, Groups.CPU)) {
        assertTrue(Groups.agreeing(network.of(Groups.rows()).probabilities()) > 0.97);
      }
      assertEquals(ROUNDS, end.curve().size());
      assertTrue(end.curve().get(ROUNDS - 1).loss() < end.curve().get(0).loss());
      double least = end.losses()[end.chosen()];
      for (double loss : end.losses()) {
        assertTrue(least <= loss, "the head of least loss is taken");
      }
    }
  }

  @Test
  void centroidsAreTheMeansOfTheClustersRows() {
    try (HeadTraining training = training(2, 5)) {
      ClusterHead head = training.head(train(training));
      Centroids centroids = training.centroids(head);
      Rows rows = Groups.rows();
      try (HeadNetwork network = new HeadNetwork(head, Groups.CPU)) {
        int[] clusters = SoftAssignment.hard(network.of(rows).probabilities(), 3);
        for (int c = 0; c < 3; c++) {
          int cluster = c;
          double mean =
              IntStream.range(0, rows.count())
                  .filter(i -> clusters[i] == cluster)
                  .mapToDouble(i -> rows.values()[i * Groups.WIDTH + 4])
                  .average()
                  .orElseThrow();
          assertEquals(mean, centroids.row(c)[4], 1e-5);
        }
      }
    }
  }

  @Test
  void goesOnFromAFileToTheSameBits() {
    HeadProgress straight;
    try (HeadTraining training = training(3, 4)) {
      straight = train(training);
    }
    try (HeadTraining first = training(3, 4);
        HeadTraining second = training(3, 4)) {
      HeadProgress half = first.next(first.next(first.start(Groups.WIDTH)));
      HeadProgress resumed = HeadFile.read(HeadFile.write(half), "checkpoint");
      while (!resumed.ended()) {
        resumed = second.next(resumed);
      }
      assertArrayEquals(straight.heads().weight(), resumed.heads().weight());
      assertEquals(straight.curve(), resumed.curve());
      assertEquals(straight.chosen(), resumed.chosen());
    }
  }

  @Test
  void aWorkerWithoutRowsChangesNothing() {
    List<Rows> parts = List.of(Groups.rows(), new Rows(new float[0], Groups.WIDTH));
    try (HeadTraining alone = training(1, 2);
        HeadTraining two = new HeadTraining(new InMemoryWorkers<>(parts), options(2), Metric.L2)) {
      assertArrayEquals(train(alone).heads().weight(), train(two).heads().weight());
    }
  }

  @Test
  void aLossThatIsNoNumberNamesItsRoundAndWorker() {
    Rows rows = Groups.rows();
    rows.values()[3 * Groups.WIDTH] = Float.NaN;
    try (HeadTraining training =
        new HeadTraining(InMemoryWorkers.deal(rows, 2), options(2), Metric.L2)) {
      HeadProgress start =
          HeadProgress.start(
              1, Layer.initial(Groups.WIDTH, 6, false, new java.util.SplittableRandom(1)));
      VectormillException failure =
          assertThrows(VectormillException.class, () -> training.next(start));
      assertEquals(Fault.QUALITY, failure.fault());
      assertTrue(failure.getMessage().contains("of part 0, worker 1"), failure.getMessage());
    }
  }

  /** The definition, term by term: q(j|i), and the cross entropy of what both give to any row. */
  @Test
  void theLossIsTheCrossEntropyOfDebiasedPairs() {
    double[][] phi = {{0.7, 0.2, 0.1}, {0.1, 0.8, 0.1}, {0.3, 0.3, 0.4}, {0.25, 0.25, 0.5}};
    double[][] psi = {{0.6, 0.3, 0.1}, {0.2, 0.7, 0.1}, {0.1, 0.1, 0.8}, {0.2, 0.5, 0.3}};
    double alpha = 0.4;
    double expected = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double q = 0;
        for (int c = 0; c < 3; c++) {
          double all = 0;
          for (int l = 0; l < 4; l++) {
            all += psi[l][c];
          }
          q += phi[i][c] * psi[j][c] / all;
        }
        double p = (1 - alpha) * (i == j ? 1 : 0) + alpha / 4;
        expected -= p * Math.log((1 - alpha) * q + alpha / 4) / 4;
      }
    }
    HeadSteps steps = new HeadSteps(Groups.CPU, 4, 0.01f, (float) alpha);
    try (NDManager manager = Groups.CPU.newManager()) {
      float found = steps.losses(array(manager, phi), array(manager, psi)).toFloatArray()[0];
      assertEquals(expected, found, 1e-6);
    }
  }

  private static NDArray array(NDManager manager, double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return manager.create(values, new Shape(1, rows.length, rows[0].length));
  }
}
