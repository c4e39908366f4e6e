package org.vectormill.udfs.deep.depict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadSteps;
import org.vectormill.udfs.deep.network.ConvAutoencoder;
import org.vectormill.udfs.deep.network.ConvCodes;
import org.vectormill.udfs.deep.network.ImageShape;
import org.vectormill.udfs.deep.network.Layer;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.tensors.TensorFile;

final class DepictTrainingTest {
  private static final int SIDE = 8;
  private static final int EACH = 60;
  private static final ImageShape IMAGE = new ImageShape(1, SIDE, SIDE);

  /**
   * Horizontal bars, vertical bars, and frames, a fifth of their pixels dark. (With bars in one of
   * two places there would be five groups, and k-means of codes may then start from a place.)
   */
  private static Rows images() {
    return images(0.05f);
  }

  private static Rows images(float noise) {
    Random random = new Random(5);
    float[] values = new float[3 * EACH * SIDE * SIDE];
    for (int i = 0; i < 3 * EACH; i++) {
      int group = i / EACH;
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          boolean lit =
              switch (group) {
                case 0 -> y == 3 || y == 4;
                case 1 -> x == 3 || x == 4;
                default -> x == 0 || x == 7 || y == 0 || y == 7;
              };
          values[(i * SIDE + y) * SIDE + x] =
              (lit && random.nextInt(5) > 0 ? 1 : 0) + noise * (float) random.nextGaussian();
        }
      }
    }
    return new Rows(values, SIDE * SIDE);
  }

  private static DepictOptions options(int epochs) {
    return options(epochs, 3);
  }

  private static DepictOptions options(int epochs, long seed) {
    return options(epochs, seed, RateSchedule.CONSTANT);
  }

  private static DepictOptions options(int epochs, long seed, RateSchedule schedule) {
    return options(epochs, seed, schedule, Optional.empty());
  }

  private static DepictOptions options(
      int epochs, long seed, RateSchedule schedule, Optional<HeadOptions> heads) {
    return new DepictOptions(
        3,
        List.of(8, 8),
        4,
        epochs,
        5,
        heads,
        new DepictSteps(Groups.CPU, 20, 0.003f, 0.1f, 0.1f, 50),
        schedule,
        0.003f,
        20,
        0.001,
        seed);
  }

  private static DepictTraining training(int workers) {
    return new DepictTraining(InMemoryWorkers.deal(images(), workers), options(25), IMAGE);
  }

  @Test
  void refusesMoreRowsThanAWorkerHoldsProbabilitiesOf() {
    Rows million = new Rows(new float[1_000_000], 1);
    DepictTraining training =
        new DepictTraining(
            InMemoryWorkers.deal(million, 1), options(1).withK(2148), new ImageShape(1, 1, 1));
    VectormillException e =
        assertThrows(VectormillException.class, () -> training.start(million.width()));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("ask for more --workers"), e.getMessage());
  }

  private static DepictProgress train(DepictTraining training) {
    DepictProgress progress = training.start(SIDE * SIDE);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  /** Trained up to the softmax layer that clustering starts from. */
  private static DepictProgress headed(DepictTraining training) {
    DepictProgress progress = training.start(SIDE * SIDE);
    while (progress.weights().head() == null) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static double agreeing(ConvAutoencoder weights) {
    try (ConvCodes network = new ConvCodes(weights, Groups.CPU)) {
      int[] clusters = SoftAssignment.hard(network.of(images()).probabilities(), 3);
      int count = 0;
      for (int group = 0; group < 3; group++) {
        int[] sizes = new int[3];
        for (int i = group * EACH; i < (group + 1) * EACH; i++) {
          sizes[clusters[i]]++;
        }
        count += Math.max(sizes[0], Math.max(sizes[1], sizes[2]));
      }
      return (double) count / clusters.length;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void findsTheGroupsWithAnyNumberOfWorkers(int workers) {
    for (int seed = 1; seed <= 3; seed++) {
      DepictTraining training =
          new DepictTraining(InMemoryWorkers.deal(images(), workers), options(25, seed), IMAGE);
      DepictProgress end = train(training);
      List<CurvePoint> curve = end.curve();
      assertEquals(CurvePoint.PRETRAIN, curve.get(24).phase());
      assertTrue(curve.get(24).loss() < curve.get(0).loss(), "seed " + seed + ": " + curve);
      assertTrue(agreeing(end.weights()) > 0.95, "seed " + seed + ": " + agreeing(end.weights()));
      assertEquals(3, training.centroids(end.weights()).count());
    }
  }

  /** Two heads on the codes' neighbours, and a pass that brings the network to what one says. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void startsFromNeighbours(int workers) {
    DepictTraining training = neighbourly(workers);
    DepictProgress progress = headed(training);
    assertTrue(agreeing(progress.weights()) > 0.9, "start: " + agreeing(progress.weights()));
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    assertTrue(agreeing(progress.weights()) > 0.95, "end: " + agreeing(progress.weights()));
  }

  private static DepictTraining neighbourly(int workers) {
    HeadSteps steps = new HeadSteps(Groups.CPU, 60, 0.01f, 0.6f, 1);
    HeadOptions heads = new HeadOptions(3, List.of(16), 2, 5, steps, 3, 1);
    DepictOptions options = options(25, 1, RateSchedule.CONSTANT, Optional.of(heads));
    return new DepictTraining(InMemoryWorkers.deal(images(), workers), options, IMAGE);
  }

  /** Each round of heads is a part of its own, from which another process can go on. */
  @Test
  void goesOnAmongHeadsToTheSameBits() {
    DepictProgress straight = headed(neighbourly(2));
    DepictProgress now = straight(25);
    int files = 0;
    while (now.weights().head() == null) {
      try (DepictTraining another = neighbourly(2)) {
        now = another.next(DepictFile.read(DepictFile.write(now), "checkpoint"));
        files++;
      }
    }
    assertEquals(4, files, "three rounds, and the pass that follows the best head");
    assertEquals(straight.curve(), now.curve());
    assertEquals(List.of(0, 1, 2), steps(now, CurvePoint.HEADS));
    assertArrayEquals(straight.weights().head().weight(), now.weights().head().weight());
    assertArrayEquals(straight.weights().code().weight(), now.weights().code().weight());
    double[] losses = now.taken().losses();
    assertEquals(2, losses.length);
    assertEquals(Math.min(losses[0], losses[1]), losses[now.taken().number()]);
    assertArrayEquals(
        losses, DepictFile.read(DepictFile.write(now), "checkpoint").taken().losses());
  }

  /** After so many parts. */
  private static DepictProgress straight(int parts) {
    DepictTraining training = neighbourly(2);
    DepictProgress progress = training.start(SIDE * SIDE);
    for (int part = 0; part < parts; part++) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static List<Integer> steps(DepictProgress progress, String phase) {
    return progress.curve().stream()
        .filter(point -> point.phase().equals(phase))
        .map(CurvePoint::step)
        .toList();
  }

  /** Half way, the rate is half the first one. */
  @Test
  void anEpochHasTheRateOfItsSchedule() {
    DepictOptions options = options(2, 3, RateSchedule.COSINE);
    DepictTraining training = new DepictTraining(InMemoryWorkers.deal(images(), 1), options, IMAGE);
    DepictProgress before = training.next(training.start(SIDE * SIDE));
    long seed = 3 + 1_000_003L * 2;
    DepictSteps.Trained expected =
        new DepictSteps(Groups.CPU, 20, 0.0015f, 0.1f, 0.1f, 50)
            .run(before.weights(), before.moments(), images(), null, seed);
    assertArrayEquals(
        expected.weights().code().weight(), training.next(before).weights().code().weight());
  }

  @Test
  void goesOnFromAFileToTheSameBits() {
    DepictProgress straight = train(training(2));
    DepictTraining again = training(2);
    DepictProgress resumed = again.start(SIDE * SIDE);
    for (int part = 0; !resumed.ended(); part++) {
      resumed = again.next(resumed);
      if (part % 9 == 4 || part == 25) {
        resumed = DepictFile.read(DepictFile.write(resumed), "checkpoint");
      }
    }
    assertEquals(straight.curve(), resumed.curve());
    assertArrayEquals(straight.weights().head().weight(), resumed.weights().head().weight());
    assertArrayEquals(
        straight.weights().encoder().get(0).weight(), resumed.weights().encoder().get(0).weight());
  }

  /** Mean probability of the rows' clusters. */
  private static double confidence(ConvAutoencoder weights, Rows rows) {
    try (ConvCodes network = new ConvCodes(weights, Groups.CPU)) {
      float[] q = network.of(rows).probabilities();
      double sum = 0;
      for (int row = 0; row < q.length; row += 3) {
        sum += Math.max(q[row], Math.max(q[row + 1], q[row + 2]));
      }
      return sum / (q.length / 3);
    }
  }

  @Test
  void clusteringMakesRowsSurerOfTheirCluster() {
    Rows rows = images(2f);
    DepictTraining training = new DepictTraining(InMemoryWorkers.deal(rows, 1), options(25), IMAGE);
    DepictProgress progress = headed(training);
    double before = confidence(progress.weights(), rows);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    double after = confidence(progress.weights(), rows);
    assertEquals(2.0 / 3, before, 1e-3, "the first layer is half way from chance");
    assertTrue(after > 0.8, before + ", then " + after);
  }

  /**
   * One step without noise: the target p is the sharpened q of the network as it is, so the
   * gradient of the logits is {@code q - p}.
   */
  @Test
  void theTargetIsOfTheNetworkAsItIs() {
    Rows rows = images(1f);
    DepictTraining training = new DepictTraining(InMemoryWorkers.deal(rows, 1), options(25), IMAGE);
    DepictProgress progress = headed(training);
    ConvAutoencoder before = progress.weights();
    float[] q;
    try (ConvCodes network = new ConvCodes(before, Groups.CPU)) {
      q = network.of(rows).probabilities();
    }
    // All rows in one step: a fiftieth of what they say, the rest of what is said beforehand.
    double[] said = {2, 1, 1};
    double[] f = new double[3];
    SoftAssignment.addFrequencies(q, f);
    for (int j = 0; j < 3; j++) {
      f[j] = 0.98 * said[j] / 4 + 0.02 * f[j] / rows.count();
    }
    float[] p = SoftAssignment.target(q, f);
    double[] gradient = new double[3];
    for (int i = 0; i < q.length; i++) {
      gradient[i % 3] += (q[i] - p[i]) / rows.count();
    }
    DepictSteps steps = new DepictSteps(Groups.CPU, rows.count(), 1e-4f, 0, 0.1f, 50);
    DepictSteps.Trained after = steps.run(before, Moments.NONE, rows, said, 1);
    List<float[]> means = after.moments().first();
    float[] mean = means.get(means.size() - 1);
    for (int j = 0; j < 3; j++) {
      // Adam's mean of the gradients of the last array, the layer's bias, after one step.
      assertEquals(gradient[j], mean[j] / 0.1, 1e-5, "bias " + j);
    }
  }

  @Test
  void modelsComeBackFromAFile() {
    ConvAutoencoder weights =
        ConvAutoencoder.initial(new ImageShape(3, 12, 10), List.of(4, 3), 5, 2)
            .withHead(Layer.initial(5, 7, false, new java.util.SplittableRandom(1)));
    TensorFile file = new TensorFile();
    NetworkTensors.put(file, weights);
    ConvAutoencoder read =
        (ConvAutoencoder) NetworkTensors.get(TensorFile.read(file.write(), "m"), "m");
    assertEquals(weights.image(), read.image());
    assertEquals(7, read.clusters());
    assertArrayEquals(weights.decoder().get(1).weight(), read.decoder().get(1).weight());
    file.fact("image", "3x12x20");
    assertThrows(
        VectormillException.class,
        () -> NetworkTensors.get(TensorFile.read(file.write(), "m"), "m"));
  }
}
