package org.vectormill.udfs.deep.dec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.udfs.deep.icon.HeadOptions;
import org.vectormill.udfs.deep.icon.HeadProgress;
import org.vectormill.udfs.deep.icon.HeadSteps;
import org.vectormill.udfs.deep.icon.HeadTraining;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.Digits;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.Metric;

/**
 * DEC and IDEC on real digits, with one worker and with eight, which share a batch, and heads on
 * the codes that both start from; training never sees a label.
 */
final class DigitsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void clusteringKeepsWhatItStartsFrom(int workers) throws IOException {
    Digits digits = Digits.load();
    Workers<Rows> parts = InMemoryWorkers.deal(digits.rows(), workers);
    ClusteringSteps dec = ClusteringSteps.dec(Groups.CPU, 256 / workers, 0.01f);
    DeepTraining training = new DeepTraining(parts, options(dec, workers), Optional.empty());
    DeepProgress start = training.start(digits.rows().width());
    while (start.centroids() == null) {
      start = training.next(start);
    }
    double before = accuracy(digits, start);
    assertTrue(before > 0.70, "start " + before);
    Rows codes = codes(digits, start.weights());
    // Few rows: from .74 to .94, as the heads begin.
    double[] heads =
        IntStream.rangeClosed(1, 8)
            .mapToDouble(seed -> accuracyOfHeads(digits, codes, seed))
            .toArray();
    double mean = Arrays.stream(heads).average().orElseThrow();
    System.out.printf(
        "digits, %d workers, heads on the codes: %.3f (%s)%n",
        workers, mean, Arrays.toString(heads));
    assertTrue(mean > before, "start " + before + ", heads " + mean);
    ClusteringSteps idec = ClusteringSteps.idec(Groups.CPU, 256 / workers, 0.01f, 0.1f);
    for (ClusteringSteps steps : List.of(dec, idec)) {
      DeepTraining clustering = new DeepTraining(parts, options(steps, workers), Optional.empty());
      DeepProgress progress = start;
      while (!progress.ended()) {
        progress = clustering.next(progress);
      }
      double after = accuracy(digits, progress);
      System.out.printf(
          "digits, %d workers, reconstruction %s: start %.3f, end %.3f after %d refreshes%n",
          workers, steps.reconstruction(), before, after, progress.refreshes());
      assertTrue(after > 0.73 && after > before - 0.02, "start " + before + ", end " + after);
    }
  }

  private static Rows codes(Digits digits, Autoencoder network) {
    return new Rows(Codes.of(network, digits.rows(), Groups.CPU), network.codeLength());
  }

  private static double accuracyOfHeads(Digits digits, Rows codes, long seed) {
    HeadSteps steps = new HeadSteps(Groups.CPU, 256, 0.001f, 0.6f, 3);
    HeadOptions options = new HeadOptions(10, List.of(128), 8, 10, steps, 8, seed);
    try (HeadTraining training =
        new HeadTraining(InMemoryWorkers.deal(codes, 1), options, Metric.L2)) {
      HeadProgress progress = training.start(codes.width());
      while (!progress.ended()) {
        progress = training.next(progress);
      }
      float[] probabilities = Codes.of(training.head(progress), codes, Groups.CPU);
      return digits.accuracy(SoftAssignment.hard(probabilities, 10));
    }
  }

  private static DeepOptions options(ClusteringSteps steps, int workers) {
    return new DeepOptions(
        10,
        List.of(200, 200, 500, 10),
        0,
        60,
        new Pretraining(Groups.CPU, 64 / workers, 0.001f, RateSchedule.CONSTANT, 0),
        20,
        steps,
        20,
        Averages.ONCE,
        30,
        0.001,
        3);
  }

  private static double accuracy(Digits digits, DeepProgress progress) {
    float[] q = Codes.assign(progress.state(), digits.rows(), Groups.CPU);
    return digits.accuracy(SoftAssignment.hard(q, 10));
  }
}
