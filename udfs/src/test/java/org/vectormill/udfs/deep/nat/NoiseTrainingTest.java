package org.vectormill.udfs.deep.nat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.RowEncoder;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SphereEncoder;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryNotes;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.WorkerNotes;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

final class NoiseTrainingTest {
  private static final int EPOCHS = 12;

  private static NoiseOptions options() {
    return new NoiseOptions(
        3, List.of(32, 4), EPOCHS, 2, 5, new NoiseSteps(Groups.CPU, 32, 0.005f), 7);
  }

  private static NoiseTraining training(int workers, WorkerNotes notes) {
    return new NoiseTraining(InMemoryWorkers.deal(Groups.rows(), workers), options(), notes);
  }

  private static NoiseProgress train(NoiseTraining training, NoiseProgress start) {
    NoiseProgress progress = start;
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  @Test
  void refusesMoreRowsThanAWorkerHoldsProbabilitiesOf() {
    Rows million = new Rows(new float[1_000_000], 1);
    NoiseTraining training =
        new NoiseTraining(
            InMemoryWorkers.deal(million, 1), options().withK(2148), new InMemoryNotes());
    VectormillException e =
        assertThrows(VectormillException.class, () -> training.start(million.width()));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("ask for more --workers"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void drawsRowsOfAGroupTogether(int workers) {
    InMemoryNotes notes = new InMemoryNotes();
    NoiseTraining training = training(workers, notes);
    NoiseProgress end = train(training, training.start(Groups.WIDTH));
    assertEquals(EPOCHS, end.curve().size());
    assertTrue(end.curve().get(EPOCHS - 1).loss() < end.curve().get(0).loss() / 2);
    try (RowEncoder network = end.weights().encoder(Groups.CPU)) {
      double together = nearestOfTheSameGroup(network.encode(Groups.rows()), 4);
      assertTrue(together > 0.7, "nearest code of the same group, .33 by chance: " + together);
    }
    assertEquals(Set.of(EPOCHS - 1, EPOCHS), notes.notes().keySet(), "the last two are kept");
  }

  /** Share of the rows whose nearest other code is of a row of their group. */
  private static double nearestOfTheSameGroup(float[] codes, int length) {
    int rows = codes.length / length;
    Centroids others = new Centroids(Metric.L2, length, codes);
    int same = 0;
    for (int i = 0; i < rows; i++) {
      int nearest = -1;
      for (int j = 0; j < rows; j++) {
        if (j != i && (nearest < 0 || others.cost(j, codes, i) < others.cost(nearest, codes, i))) {
          nearest = j;
        }
      }
      same += nearest / Groups.ROWS == i / Groups.ROWS ? 1 : 0;
    }
    return (double) same / rows;
  }

  @Test
  void goesOnFromAFileAndNotesToTheSameBits() {
    NoiseTraining straight = training(3, new InMemoryNotes());
    NoiseProgress expected = train(straight, straight.start(Groups.WIDTH));
    InMemoryNotes notes = new InMemoryNotes();
    NoiseTraining first = training(3, notes);
    NoiseProgress half = first.next(first.next(first.next(first.start(Groups.WIDTH))));
    first.next(half);
    NoiseProgress read = NoiseFile.read(NoiseFile.write(half), "checkpoint");
    NoiseProgress resumed = train(training(3, notes), read);
    assertArrayEquals(expected.centroids(), resumed.centroids());
    assertEquals(expected.curve(), resumed.curve());
    NoiseProgress again = NoiseFile.read(NoiseFile.write(resumed), "checkpoint");
    assertArrayEquals(expected.centroids(), again.centroids());
  }

  @Test
  void aWorkerWithoutRowsChangesNothing() {
    List<Rows> parts = List.of(Groups.rows(), new Rows(new float[0], Groups.WIDTH));
    NoiseTraining alone = training(1, new InMemoryNotes());
    NoiseTraining two =
        new NoiseTraining(new InMemoryWorkers<>(parts), options(), new InMemoryNotes());
    assertArrayEquals(
        train(alone, alone.start(Groups.WIDTH)).centroids(),
        train(two, two.start(Groups.WIDTH)).centroids());
  }

  @Test
  void aLossThatIsNoNumberNamesItsPartAndWorker() {
    Rows rows = Groups.rows();
    rows.values()[3 * Groups.WIDTH] = Float.NaN;
    NoiseTraining training =
        new NoiseTraining(InMemoryWorkers.deal(rows, 2), options(), new InMemoryNotes());
    NoiseProgress start =
        new NoiseProgress(
            SphereEncoder.initial(1, options().allWidths(Groups.WIDTH), 1),
            Moments.NONE,
            null,
            List.of());
    VectormillException failure =
        assertThrows(VectormillException.class, () -> training.next(start));
    assertEquals(Fault.QUALITY, failure.fault());
    assertTrue(failure.getMessage().contains("of cluster=0, worker 1"), failure.getMessage());
  }

  @Test
  void targetsAreUnitPointsOneARow() {
    NoiseTargets targets = NoiseTargets.drawn(1000, 3, 1);
    double[] mean = new double[3];
    for (int i = 0; i < 1000; i++) {
      double square = 0;
      for (int j = 0; j < 3; j++) {
        square += targets.points()[3 * i + j] * (double) targets.points()[3 * i + j];
        mean[j] += targets.points()[3 * i + j] / 1000;
      }
      assertEquals(1, square, 1e-5);
    }
    for (double value : mean) {
      assertEquals(0, value, 0.07, "five standard errors");
    }
  }

  /** Of all ways to give five points to five rows none has a smaller distance. */
  @Test
  void exchangeFindsTheNearestOfAllPermutations() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 20; trial++) {
      NoiseTargets targets = NoiseTargets.drawn(8, 3, trial);
      NoiseTargets codes = NoiseTargets.drawn(5, 3, random.nextLong());
      int[] rows = {6, 1, 3, 0, 7};
      int[] before = targets.of().clone();
      double[] least = {Double.POSITIVE_INFINITY};
      permutations(
          new int[] {0, 1, 2, 3, 4},
          0,
          order -> {
            int[] points = IntStream.of(order).map(i -> before[rows[i]]).toArray();
            least[0] = Math.min(least[0], distance(codes, targets, points));
          });
      NoiseSteps.exchange(codes.points(), rows, targets);
      int[] given = IntStream.of(rows).map(i -> targets.of()[i]).toArray();
      assertEquals(least[0], distance(codes, targets, given), 1e-6);
      int[] all = targets.of().clone();
      Arrays.sort(all);
      assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, all, "each point is someone's");
      assertEquals(before[2], targets.of()[2], "other rows keep theirs");
    }
  }

  private static double distance(NoiseTargets codes, NoiseTargets targets, int[] points) {
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < 3; j++) {
        double by = codes.points()[3 * i + j] - targets.points()[3 * points[i] + j];
        sum += by * by;
      }
    }
    return sum;
  }

  private static void permutations(int[] order, int from, java.util.function.Consumer<int[]> each) {
    if (from == order.length) {
      each.accept(order);
      return;
    }
    for (int i = from; i < order.length; i++) {
      swap(order, from, i);
      permutations(order, from + 1, each);
      swap(order, from, i);
    }
  }

  private static void swap(int[] order, int a, int b) {
    int kept = order[a];
    order[a] = order[b];
    order[b] = kept;
  }
}
