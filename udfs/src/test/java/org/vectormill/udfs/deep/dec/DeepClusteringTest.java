package org.vectormill.udfs.deep.dec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.DeepState;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.network.SoftAssignment;
import org.vectormill.udfs.deep.training.DivergedException;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.vectors.MatrixSpec;

final class DeepClusteringTest {
  private static Autoencoder pretrained(Rows rows, int epochs) {
    Autoencoder network = Autoencoder.initial(1, Groups.WIDTHS, 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      network =
          new Pretraining(Groups.CPU, 32, 0.005f, RateSchedule.CONSTANT, 0.2f)
              .epoch(network, Moments.NONE, rows, 0, 1, epoch)
              .weights();
    }
    return network;
  }

  @Test
  void reconstructionGetsBetterAndTheSameSeedGivesTheSameBits() {
    Rows rows = Groups.rows();
    Pretraining pretraining = new Pretraining(Groups.CPU, 32, 0.005f, RateSchedule.CONSTANT, 0.2f);
    Pretraining.Epoch first =
        pretraining.epoch(Autoencoder.initial(1, Groups.WIDTHS, 1), Moments.NONE, rows, 0, 1, 0);
    Pretraining.Epoch later = pretraining.epoch(pretrained(rows, 20), Moments.NONE, rows, 0, 1, 20);
    assertTrue(later.loss() < 0.5 * first.loss(), first.loss() + " to " + later.loss());
    Pretraining.Epoch again =
        pretraining.epoch(Autoencoder.initial(1, Groups.WIDTHS, 1), Moments.NONE, rows, 0, 1, 0);
    assertArrayEquals(
        first.weights().encoder().get(0).weight(), again.weights().encoder().get(0).weight());
  }

  @Test
  void stepsSharpenWhatTheCentroidsFound() {
    Rows rows = Groups.rows();
    Autoencoder network = pretrained(rows, 20);
    float[] centroids = Groups.firstCodes(network);
    for (ClusteringSteps steps :
        List.of(
            ClusteringSteps.dec(Groups.CPU, 32, 0.05f),
            ClusteringSteps.idec(Groups.CPU, 32, 0.05f, 0.1f))) {
      DeepState state = new DeepState(network, centroids);
      float[] before = Codes.assign(state, rows, Groups.CPU);
      for (int round = 0; round < 10; round++) {
        float[] q = Codes.assign(state, rows, Groups.CPU);
        double[] frequencies = new double[3];
        SoftAssignment.addFrequencies(q, frequencies);
        state =
            steps
                .run(state, Moments.NONE, rows, SoftAssignment.target(q, frequencies), 0, 20, round)
                .state();
      }
      float[] after = Codes.assign(state, rows, Groups.CPU);
      assertTrue(confidence(after) > confidence(before), steps.toString());
      assertTrue(Groups.agreeing(after) > 0.95, steps.toString());
    }
  }

  private static double confidence(float[] q) {
    double sum = 0;
    for (int i = 0; i < q.length; i += 3) {
      sum += Math.max(q[i], Math.max(q[i + 1], q[i + 2]));
    }
    return sum / (q.length / 3);
  }

  @Test
  void aLayerLearnsToUndoItselfAndTheOthersStay() {
    Rows rows = Groups.rows();
    Pretraining pretraining = new Pretraining(Groups.CPU, 32, 0.005f, RateSchedule.CONSTANT, 0.1f);
    Autoencoder start = Autoencoder.initial(2, new int[] {Groups.WIDTH, 16, 8, 2}, 1);
    Autoencoder now = start;
    double first = 0;
    double last = 0;
    for (int epoch = 0; epoch < 15; epoch++) {
      Pretraining.Epoch done = pretraining.layerEpoch(now, Moments.NONE, 1, rows, 0, 1, epoch);
      first = epoch == 0 ? done.loss() : first;
      last = done.loss();
      now = done.weights();
    }
    assertTrue(last < 0.8 * first, first + " to " + last);
    for (int layer : new int[] {0, 2}) {
      assertArrayEquals(start.encoder().get(layer).weight(), now.encoder().get(layer).weight());
      assertArrayEquals(start.decoder().get(layer).weight(), now.decoder().get(layer).weight());
    }
    assertTrue(now.decoder().get(1).weight()[0] != start.decoder().get(1).weight()[0]);
    assertEquals(2, now.scale());
  }

  @Test
  void asManyThreadsGiveTheSameBits() {
    assertArrayEquals(trainedWith(1), trainedWith(1));
    assertArrayEquals(trainedWith(2), trainedWith(2));
  }

  /** Which bits depends on the processor: with some of them also on the number of threads. */
  @Test
  void moreThreadsChangeLastBitsAtMost() {
    float[] one = trainedWith(1);
    float[] two = trainedWith(2);
    double apart = 0;
    double length = 0;
    for (int i = 0; i < one.length; i++) {
      apart += Math.pow(one[i] - two[i], 2);
      length += Math.pow(one[i], 2);
    }
    assertTrue(apart < 1e-8 * length, apart + " of " + length);
  }

  private static float[] trainedWith(int threads) {
    Autoencoder start = Autoencoder.initial(1, new int[] {Groups.WIDTH, 300, 200, 2}, 1);
    return new Pretraining(new MatrixSpec("cpu", threads), 64, 0.005f, RateSchedule.CONSTANT, 0)
        .epoch(start, Moments.NONE, Groups.rows(), 0, 1, 0)
        .weights()
        .encoder()
        .get(1)
        .weight();
  }

  @Test
  void averagesWeightsByShares() {
    Autoencoder a = Autoencoder.initial(1, Groups.WIDTHS, 1);
    Autoencoder b = Autoencoder.initial(1, Groups.WIDTHS, 2);
    Autoencoder mean = a.average(b, 0.75);
    float expected =
        0.25f * a.decoder().get(1).weight()[7] + 0.75f * b.decoder().get(1).weight()[7];
    assertEquals(expected, mean.decoder().get(1).weight()[7], 1e-7);
    assertEquals(Groups.WIDTH, mean.inputs());
    assertEquals(2, mean.codeLength());
  }

  @Test
  void aLossThatIsNoNumberIsAFailureWithItsStep() {
    Rows rows = Groups.rows();
    rows.values()[5] = Float.NaN;
    DivergedException failure =
        assertThrows(
            DivergedException.class,
            () ->
                new Pretraining(Groups.CPU, 300, 0.01f, RateSchedule.CONSTANT, 0)
                    .epoch(Autoencoder.initial(1, Groups.WIDTHS, 1), Moments.NONE, rows, 0, 1, 0));
    assertTrue(failure.getMessage().contains("NaN at step 0"), failure.getMessage());
  }

  @Test
  void weightsThatTheLastStepMakesNoNumbersAreAFailureToo() {
    Pretraining oneStep = new Pretraining(Groups.CPU, 10_000, 1e30f, RateSchedule.CONSTANT, 0);
    DivergedException failure =
        assertThrows(
            DivergedException.class,
            () ->
                oneStep.epoch(
                    Autoencoder.initial(1, Groups.WIDTHS, 1),
                    Moments.NONE,
                    Groups.rows(),
                    0,
                    1,
                    0));
    assertTrue(
        failure.getMessage().contains("the length of all weights is Infinity after step 0"),
        failure.getMessage());
  }
}
