package org.vectormill.udfs.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class DeepClusteringTest {
  private static Autoencoder pretrained(Rows rows, int epochs) {
    Autoencoder network = Autoencoder.initial(Groups.WIDTHS, 1);
    for (int epoch = 0; epoch < epochs; epoch++) {
      network = new Pretraining(32, 0.005f).epoch(network, rows, epoch).weights();
    }
    return network;
  }

  @Test
  void reconstructionGetsBetterAndTheSameSeedGivesTheSameBits() {
    Rows rows = Groups.rows();
    Pretraining pretraining = new Pretraining(32, 0.005f);
    Pretraining.Epoch first = pretraining.epoch(Autoencoder.initial(Groups.WIDTHS, 1), rows, 0);
    Pretraining.Epoch later = pretraining.epoch(pretrained(rows, 20), rows, 20);
    assertTrue(later.loss() < 0.5 * first.loss(), first.loss() + " to " + later.loss());
    Pretraining.Epoch again = pretraining.epoch(Autoencoder.initial(Groups.WIDTHS, 1), rows, 0);
    assertArrayEquals(
        first.weights().encoder().get(0).weight(), again.weights().encoder().get(0).weight());
  }

  @Test
  void stepsSharpenWhatTheCentroidsFound() {
    Rows rows = Groups.rows();
    Autoencoder network = pretrained(rows, 20);
    float[] centroids = Groups.firstCodes(network);
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
  void averagesWeightsByShares() {
    Autoencoder a = Autoencoder.initial(Groups.WIDTHS, 1);
    Autoencoder b = Autoencoder.initial(Groups.WIDTHS, 2);
    Autoencoder mean = Autoencoder.average(List.of(a, b), new double[] {0.25, 0.75});
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
                new Pretraining(300, 0.01f).epoch(Autoencoder.initial(Groups.WIDTHS, 1), rows, 0));
    assertTrue(failure.getMessage().contains("NaN at step 0"), failure.getMessage());
  }
}
