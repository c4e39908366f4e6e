package org.vectormill.udfs.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Three groups of rows in 20 dimensions, sorted by group. */
final class DeepClusteringTest {
  private static final int GROUP = 100;
  private static final int WIDTH = 20;
  private static final int[] WIDTHS = {WIDTH, 32, 2};

  private static Rows groups() {
    Random random = new Random(3);
    float[] values = new float[3 * GROUP * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int group = i / WIDTH / GROUP;
      values[i] = (float) (0.3 * random.nextGaussian()) + (i % WIDTH % 3 == group ? 1 : 0);
    }
    return new Rows(values, WIDTH);
  }

  private static Autoencoder pretrained(Rows rows, int epochs) {
    Autoencoder network = Autoencoder.initial(WIDTHS, 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      network = new Pretraining(32, 0.005f).epoch(network, rows, epoch).weights();
    }
    return network;
  }

  @Test
  void reconstructionGetsBetterAndTheSameSeedGivesTheSameBits() {
    Rows rows = groups();
    Pretraining pretraining = new Pretraining(32, 0.005f);
    Pretraining.Epoch first = pretraining.epoch(Autoencoder.initial(WIDTHS, 1), rows, 0);
    Pretraining.Epoch later = pretraining.epoch(pretrained(rows, 20), rows, 20);
    assertTrue(later.loss() < 0.5 * first.loss(), first.loss() + " to " + later.loss());
    Pretraining.Epoch again = pretraining.epoch(Autoencoder.initial(WIDTHS, 1), rows, 0);
    assertArrayEquals(
        first.weights().encoder().get(0).weight(), again.weights().encoder().get(0).weight());
  }

  @Test
  void stepsSharpenWhatTheCentroidsFound() {
    Rows rows = groups();
    Autoencoder network = pretrained(rows, 20);
    float[] codes = Codes.of(network, rows);
    float[] centroids = new float[6];
    for (int j = 0; j < 3; j++) {
      System.arraycopy(codes, 2 * j * GROUP, centroids, 2 * j, 2);
    }
    for (ClusteringSteps steps :
        List.of(ClusteringSteps.dec(32, 0.05f), ClusteringSteps.idec(32, 0.05f, 0.1f))) {
      ClusteringSteps.State state = new ClusteringSteps.State(network, centroids, 0);
      float[] before = Codes.assign(network, centroids, rows);
      for (int round = 0; round < 10; round++) {
        float[] q = Codes.assign(state.weights(), state.centroids(), rows);
        double[] frequencies = new double[3];
        SoftAssignment.addFrequencies(q, frequencies);
        state =
            steps.run(
                state.weights(),
                state.centroids(),
                rows,
                SoftAssignment.target(q, frequencies),
                20,
                round);
      }
      float[] after = Codes.assign(state.weights(), state.centroids(), rows);
      assertTrue(confidence(after) > confidence(before), steps.toString());
      assertTrue(agreeing(SoftAssignment.hard(after, 3)) > 0.95 * 3 * GROUP, steps.toString());
    }
  }

  private static double confidence(float[] q) {
    double sum = 0;
    for (int i = 0; i < q.length; i += 3) {
      sum += Math.max(q[i], Math.max(q[i + 1], q[i + 2]));
    }
    return sum / (q.length / 3);
  }

  /** Rows that share their cluster with their group's first row. */
  private static int agreeing(int[] assigned) {
    int count = 0;
    for (int i = 0; i < assigned.length; i++) {
      count += assigned[i] == assigned[i / GROUP * GROUP] ? 1 : 0;
    }
    return count;
  }

  @Test
  void averagesWeightsByShares() {
    Autoencoder a = Autoencoder.initial(WIDTHS, 1);
    Autoencoder b = Autoencoder.initial(WIDTHS, 2);
    Autoencoder mean = Autoencoder.average(List.of(a, b), new double[] {0.25, 0.75});
    float expected =
        0.25f * a.decoder().get(1).weight()[7] + 0.75f * b.decoder().get(1).weight()[7];
    assertEquals(expected, mean.decoder().get(1).weight()[7], 1e-7);
    assertEquals(WIDTH, mean.inputs());
    assertEquals(2, mean.codeLength());
  }

  @Test
  void aLossThatIsNoNumberIsAFailureWithItsStep() {
    Rows rows = groups();
    rows.values()[5] = Float.NaN;
    DivergedException failure =
        assertThrows(
            DivergedException.class,
            () -> new Pretraining(300, 0.01f).epoch(Autoencoder.initial(WIDTHS, 1), rows, 0));
    assertTrue(failure.getMessage().contains("NaN at step 0"), failure.getMessage());
  }
}
