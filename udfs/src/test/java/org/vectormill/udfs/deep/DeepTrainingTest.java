package org.vectormill.udfs.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.VectormillException;

final class DeepTrainingTest {
  private static DeepOptions options(ClusteringSteps steps) {
    return new DeepOptions(20, new Pretraining(16, 0.005f), steps, 10, 30, 0.001, 7);
  }

  private static DeepTraining.Outcome train(int workers, ClusteringSteps steps) {
    DeepTraining training =
        new DeepTraining(InMemoryWorkers.deal(Groups.rows(), workers), options(steps));
    DeepTraining.Pretrained pretrained = training.pretrain(Autoencoder.initial(Groups.WIDTHS, 1));
    assertEquals(20, pretrained.losses().size());
    assertTrue(pretrained.losses().get(19) < 0.7 * pretrained.losses().get(0));
    Autoencoder network = pretrained.weights();
    return training.cluster(new DeepState(network, Groups.firstCodes(network)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsTheGroupsWithAnyNumberOfWorkers(int workers) {
    for (ClusteringSteps steps :
        new ClusteringSteps[] {
          ClusteringSteps.dec(16, 0.05f), ClusteringSteps.idec(16, 0.05f, 0.1f)
        }) {
      DeepTraining.Outcome outcome = train(workers, steps);
      float[] q =
          Codes.assign(outcome.state().weights(), outcome.state().centroids(), Groups.rows());
      assertTrue(Groups.agreeing(q) > 0.97, workers + " workers, " + steps);
      DeepTraining.Refresh last = outcome.refreshes().get(outcome.refreshes().size() - 1);
      assertTrue(last.changed() < 0.001, "it ends by itself");
      assertEquals(300, java.util.Arrays.stream(last.sizes()).sum());
    }
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    assertArrayEquals(
        train(3, ClusteringSteps.dec(16, 0.05f)).state().centroids(),
        train(3, ClusteringSteps.dec(16, 0.05f)).state().centroids());
  }

  @Test
  void dealsEachRowOnce() {
    InMemoryWorkers workers =
        InMemoryWorkers.deal(new Rows(new float[] {0, 1, 2, 3, 4, 5, 6}, 1), 3);
    assertArrayEquals(new float[] {0, 3, 6}, workers.parts().get(0).values());
    assertArrayEquals(new float[] {1, 4}, workers.parts().get(1).values());
    assertArrayEquals(new float[] {2, 5}, workers.parts().get(2).values());
  }

  @Test
  void clustersThatMergeAreAFailure() {
    DeepTraining training =
        new DeepTraining(
            InMemoryWorkers.deal(Groups.rows(), 1), options(ClusteringSteps.dec(16, 0.05f)));
    DeepState merged =
        new DeepState(Autoencoder.initial(Groups.WIDTHS, 1), new float[] {0, 0, 1e4f, 1e4f, 0, 0});
    CollapsedException failure =
        assertThrows(CollapsedException.class, () -> training.cluster(merged));
    assertTrue(failure.getMessage().contains("at refresh 0"), failure.getMessage());
  }

  @Test
  void namesAnOptionThatIsOutOfRange() {
    ClusteringSteps steps = ClusteringSteps.dec(16, 0.05f);
    Pretraining pretraining = new Pretraining(16, 0.005f);
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () -> new DeepOptions(20, pretraining, steps, 0, 30, 0.001, 7));
    assertEquals("--interval must be at least 1, got 0", failure.getMessage());
  }
}
