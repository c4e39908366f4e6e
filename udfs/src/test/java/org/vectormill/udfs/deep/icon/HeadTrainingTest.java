package org.vectormill.udfs.deep.icon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.ClusterHead;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.OpenNetwork;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

final class HeadTrainingTest {
  private static final int ROUNDS = 4;

  private static HeadOptions options(int heads, Integer... hidden) {
    return new HeadOptions(
        3, List.of(hidden), heads, 10, new HeadSteps(Groups.CPU, 64, 0.01f, 0.6f, 1), ROUNDS, 5);
  }

  private static HeadProgress train(HeadTraining training) {
    return train(training, Groups.WIDTH);
  }

  private static HeadProgress train(HeadTraining training, int width) {
    HeadProgress progress = training.start(width);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static HeadTraining training(int workers, int heads, Integer... hidden) {
    return new HeadTraining(
        InMemoryWorkers.deal(Groups.rows(), workers), options(heads, hidden), Metric.L2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void findsTheGroupsWithAnyNumberOfWorkers(int workers) {
    try (HeadTraining training = training(workers, 5)) {
      HeadProgress end = train(training);
      ClusterHead head = training.head(end);
      try (OpenNetwork network = head.open(null, Groups.CPU)) {
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

  /** Four groups at the corners of a square; those at opposite corners are neighbours. */
  @Test
  void hiddenLayersPartWhatAPlaneDoesNot() {
    PairedRows corners = corners();
    assertEquals(400, rightlyParted(clusters(corners, List.of(64))));
    assertTrue(rightlyParted(clusters(corners, List.of())) < 350);
  }

  /** Rows in the cluster of their two corners; at least half of all. */
  private static long rightlyParted(int[] clusters) {
    long even = IntStream.range(0, clusters.length).filter(i -> clusters[i] == i % 2).count();
    return Math.max(even, clusters.length - even);
  }

  /** The most probable cluster of two, by the first of eight heads. */
  private static int[] clusters(PairedRows pairs, List<Integer> widths) {
    HeadSteps steps = new HeadSteps(Groups.CPU, 128, 0.01f, 0.6f, 1);
    HeadOptions options = new HeadOptions(2, widths, 8, 20, steps, 1, 5);
    List<Layer> layers;
    try (HeadTraining training =
        new HeadTraining(InMemoryWorkers.deal(pairs.rows(), 1), options, Metric.L2)) {
      layers = training.start(2).layers();
    }
    HeadSteps.Round round = new HeadSteps.Round(layers, Moments.NONE, new double[8]);
    for (int pass = 0; pass < 5; pass++) {
      round = steps.run(round.layers(), round.moments(), 2, 1, pairs, pass);
    }
    HeadProgress end = HeadProgress.start(1, round.layers());
    try (OpenNetwork network = end.head(0, 2).open(null, Groups.CPU)) {
      return SoftAssignment.hard(network.of(pairs.rows()).probabilities(), 2);
    }
  }

  private static PairedRows corners() {
    Random random = new Random(7);
    float[] values = new float[2 * 400];
    int[] neighbours = new int[20 * 400];
    for (int i = 0; i < 400; i++) {
      int side = i / 2 % 2 == 0 ? 1 : -1;
      values[2 * i] = (float) (side + 0.2 * random.nextGaussian());
      values[2 * i + 1] = (float) ((i % 2 == 0 ? side : -side) + 0.2 * random.nextGaussian());
      for (int j = 0; j < 20; j++) {
        neighbours[20 * i + j] = 2 * random.nextInt(200) + i % 2;
      }
    }
    return new PairedRows(new Rows(values, 2), neighbours);
  }

  @Test
  void centroidsAreTheMeansOfTheClustersRows() {
    try (HeadTraining training = training(2, 5)) {
      ClusterHead head = training.head(train(training));
      Centroids centroids = training.centroids(head);
      Rows rows = Groups.rows();
      try (OpenNetwork network = head.open(null, Groups.CPU)) {
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
    try (HeadTraining training = training(3, 4, 16, 8)) {
      straight = train(training);
    }
    try (HeadTraining first = training(3, 4, 16, 8);
        HeadTraining second = training(3, 4, 16, 8)) {
      HeadProgress half = first.next(first.next(first.start(Groups.WIDTH)));
      HeadProgress resumed = HeadFile.read(HeadFile.write(half), "checkpoint");
      while (!resumed.ended()) {
        resumed = second.next(resumed);
      }
      for (int layer = 0; layer < 3; layer++) {
        assertArrayEquals(
            straight.layers().get(layer).weight(), resumed.layers().get(layer).weight());
      }
      assertEquals(straight.curve(), resumed.curve());
      assertEquals(straight.chosen(), resumed.chosen());
    }
  }

  @Test
  void anotherFileIsNoCheckpoint() {
    byte[] other = new TensorFile().fact("scale", "1").write();
    VectormillException failure =
        assertThrows(VectormillException.class, () -> HeadFile.read(other, "checkpoint"));
    assertEquals(Fault.INPUT, failure.fault());
    assertTrue(failure.getMessage().contains("is no checkpoint of heads"), failure.getMessage());
  }

  @Test
  void aWorkerWithoutRowsChangesNothing() {
    List<Rows> parts = List.of(Groups.rows(), new Rows(new float[0], Groups.WIDTH));
    try (HeadTraining alone = training(1, 2);
        HeadTraining two = new HeadTraining(new InMemoryWorkers<>(parts), options(2), Metric.L2)) {
      assertArrayEquals(train(alone).layers().get(0).weight(), train(two).layers().get(0).weight());
    }
  }

  @Test
  void aWorkersLossesAndWeightsCountByItsRows() {
    float[] values = Groups.rows().values();
    int all = values.length / Groups.WIDTH;
    int few = all / 3;
    Rows some = new Rows(Arrays.copyOf(values, few * Groups.WIDTH), Groups.WIDTH);
    Rows others =
        new Rows(Arrays.copyOfRange(values, few * Groups.WIDTH, values.length), Groups.WIDTH);
    Rows none = new Rows(new float[0], Groups.WIDTH);
    HeadProgress both = afterARound(some, others);
    HeadProgress first = afterARound(some, none);
    HeadProgress second = afterARound(none, others);
    double share = 1 - (double) few / all;
    for (int head = 0; head < 2; head++) {
      assertTrue(Math.abs(first.losses()[head] - second.losses()[head]) > 1e-3);
      double mean = first.losses()[head] * (1 - share) + second.losses()[head] * share;
      assertEquals(mean, both.losses()[head], 1e-9);
    }
    double weight = weight(first) * (1 - share) + weight(second) * share;
    assertEquals(weight, weight(both), 1e-6);
  }

  private static HeadProgress afterARound(Rows first, Rows second) {
    List<Layer> layers = List.of(Layer.initial(Groups.WIDTH, 6, false, new SplittableRandom(1)));
    try (HeadTraining training =
        new HeadTraining(new InMemoryWorkers<>(List.of(first, second)), options(2), Metric.L2)) {
      return training.next(HeadProgress.start(1, layers));
    }
  }

  private static double weight(HeadProgress progress) {
    return progress.layers().get(0).weight()[4];
  }

  @Test
  void aLossThatIsNoNumberNamesItsRoundAndWorker() {
    Rows rows = Groups.rows();
    rows.values()[3 * Groups.WIDTH] = Float.NaN;
    try (HeadTraining training =
        new HeadTraining(InMemoryWorkers.deal(rows, 2), options(2), Metric.L2)) {
      HeadProgress start =
          HeadProgress.start(
              1, List.of(Layer.initial(Groups.WIDTH, 6, false, new SplittableRandom(1))));
      VectormillException failure =
          assertThrows(VectormillException.class, () -> training.next(start));
      assertEquals(Fault.QUALITY, failure.fault());
      assertTrue(failure.getMessage().contains("of cluster=0, worker 1"), failure.getMessage());
    }
  }

  @Test
  void aWalkEndsWithinItsSteps() {
    PairedRows ring = new PairedRows(new Rows(new float[10], 1), ring(10));
    int[] anchors = new int[3000];
    HeadSteps steps = new HeadSteps(Groups.CPU, 4, 0.01f, 0.6f, 3);
    int[] partners = steps.partners(anchors, ring, new SplittableRandom(1));
    int[] counts = new int[10];
    for (int partner : partners) {
      counts[partner]++;
    }
    for (int length = 1; length <= 3; length++) {
      assertEquals(1000, counts[length], 100, "walks of " + length);
    }
    assertEquals(3000, counts[1] + counts[2] + counts[3]);
    assertArrayEquals(new int[3000], anchors, "anchors stay as they are");
  }

  /** Each row's only neighbour is the next one. */
  private static int[] ring(int rows) {
    return IntStream.range(0, rows).map(row -> (row + 1) % rows).toArray();
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
    HeadSteps steps = new HeadSteps(Groups.CPU, 4, 0.01f, (float) alpha, 1);
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
