package org.vectormill.udfs.deep.lls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.agreement.Agreement;
import org.vectormill.udfs.deep.network.LatentShift;
import org.vectormill.udfs.deep.network.OpenNetwork;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.FirstCentroids;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * Two classes of two groups each: on the first axis left and right, on the second axis above and
 * below. Nearness says nothing of what belongs together, the classes' shares in domains do.
 */
final class ShiftTrainingTest {
  private static final int ROWS = 3000;
  private static final int WIDTH = 3;
  private static final double[] FIRST_CLASS = {0.9, 0.7, 0.3, 0.1};

  private record Made(DomainRows rows, int[] classes) {}

  private static Made made(double[] shares) {
    SplittableRandom random = new SplittableRandom(11);
    float[] values = new float[ROWS * WIDTH];
    int[] classes = new int[ROWS];
    int[] domains = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      domains[i] = random.nextInt(shares.length);
      classes[i] = random.nextDouble() < shares[domains[i]] ? 0 : 1;
      for (int j = 0; j < WIDTH; j++) {
        values[i * WIDTH + j] = (float) (0.3 * random.nextGaussian());
      }
      values[i * WIDTH + classes[i]] += random.nextBoolean() ? 2 : -2;
    }
    return new Made(new DomainRows(new Rows(values, WIDTH), domains), classes);
  }

  private static Workers<DomainRows> workers(DomainRows rows, int count) {
    List<DomainRows> parts = new ArrayList<>();
    int each = rows.domains().length / count;
    for (int worker = 0; worker < count; worker++) {
      float[] values = new float[each * WIDTH];
      int[] domains = new int[each];
      System.arraycopy(rows.rows().values(), worker * values.length, values, 0, values.length);
      System.arraycopy(rows.domains(), worker * each, domains, 0, each);
      parts.add(new DomainRows(new Rows(values, WIDTH), domains));
    }
    return new InMemoryWorkers<>(parts);
  }

  private static ShiftOptions options(int k) {
    return new ShiftOptions(
        k, List.of(32), 30, 3 * k, 5, new DomainSteps(Groups.CPU, 64, 0.005f), 2);
  }

  private static ShiftProgress train(ShiftTraining training) {
    ShiftProgress progress = training.start(WIDTH);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static double accuracy(int[] clusters, int[] classes) {
    long[][] counts = new long[2][2];
    for (int i = 0; i < clusters.length; i++) {
      counts[classes[i]][clusters[i]]++;
    }
    return Agreement.of(counts).accuracy().orElseThrow();
  }

  private static int[] clusters(LatentShift found, Rows rows) {
    try (OpenNetwork network = found.open(null, Groups.CPU)) {
      return SoftAssignment.hard(network.of(rows).probabilities(), found.clusters());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void findsClassesThatAreNotNear(int count) {
    Made made = made(FIRST_CLASS);
    ShiftTraining training = new ShiftTraining(workers(made.rows(), count), options(2), 4);
    LatentShift found = train(training).found();
    assertTrue(accuracy(clusters(found, made.rows().rows()), made.classes()) > 0.95);
    float[] nearest =
        new FirstCentroids(Groups.CPU, 2, 20, 1)
            .of(WeightedRows.equal(WIDTH, made.rows().rows().values()));
    int[] byDistance = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double difference = 0;
      for (int j = 0; j < WIDTH; j++) {
        double value = made.rows().rows().values()[i * WIDTH + j];
        difference += Math.pow(value - nearest[j], 2) - Math.pow(value - nearest[WIDTH + j], 2);
      }
      byDistance[i] = difference < 0 ? 0 : 1;
    }
    assertTrue(accuracy(byDistance, made.classes()) < 0.85, "k-means of the rows can't");
  }

  @Test
  void theMatrixIsWhatTheDomainsWereMadeOf() {
    Made made = made(FIRST_CLASS);
    ShiftTraining training = new ShiftTraining(workers(made.rows(), 1), options(2), 4);
    LatentShift found = train(training).found();
    int first = found.domains()[0] > found.domains()[1] ? 0 : 1;
    for (int d = 0; d < 4; d++) {
      assertEquals(FIRST_CLASS[d] / 2, found.domains()[d * 2 + first], 0.06);
    }
    LatentShift turned = found.in(new int[] {1, 0});
    assertEquals(found.domains()[0], turned.domains()[1]);
  }

  @Test
  void goesOnFromAFileToTheSameBits() {
    DomainRows rows = made(FIRST_CLASS).rows();
    ShiftProgress straight = train(new ShiftTraining(workers(rows, 2), options(2), 4));
    ShiftTraining first = new ShiftTraining(workers(rows, 2), options(2), 4);
    ShiftProgress half = first.next(first.next(first.start(WIDTH)));
    ShiftProgress resumed = ShiftFile.read(ShiftFile.write(half), "checkpoint");
    ShiftTraining second = new ShiftTraining(workers(rows, 2), options(2), 4);
    while (!resumed.ended()) {
      resumed = second.next(resumed);
    }
    assertArrayEquals(straight.found().domains(), resumed.found().domains());
    assertEquals(straight.curve(), resumed.curve());
    ShiftProgress again = ShiftFile.read(ShiftFile.write(resumed), "checkpoint");
    assertArrayEquals(straight.found().domains(), again.found().domains());
  }

  /** Domains of unequal size, too: how many rows of each are held out is chance. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void domainsThatAreAllAlikeSayNothing(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ROWS * WIDTH];
    int[] domains = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      domains[i] = random.nextDouble() < 0.8 ? 0 : 1;
      for (int j = 0; j < WIDTH; j++) {
        values[i * WIDTH + j] = (float) random.nextGaussian();
      }
    }
    DomainRows rows = new DomainRows(new Rows(values, WIDTH), domains);
    ShiftTraining training = new ShiftTraining(workers(rows, 1), options(2), 2);
    VectormillException failure = assertThrows(VectormillException.class, () -> train(training));
    assertEquals(Fault.QUALITY, failure.fault());
    assertTrue(failure.getMessage().contains("say nothing"), failure.getMessage());
  }

  @Test
  void thereAreNoMoreClassesThanDomains() {
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () -> new ShiftTraining(workers(made(FIRST_CLASS).rows(), 1), options(5), 4));
    assertEquals(Fault.USAGE, failure.fault());
    assertTrue(failure.getMessage().contains("4"), failure.getMessage());
  }
}
