package org.vectormill.udfs.deep.dec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.CurvePoint;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.deep.training.RateSchedule;
import org.vectormill.udfs.deep.training.Workers;

final class DeepTrainingTest {
  private static final ClusteringSteps DEC = ClusteringSteps.dec(Groups.CPU, 16, 0.05f);
  private static final ClusteringSteps IDEC = ClusteringSteps.idec(Groups.CPU, 16, 0.05f, 0.1f);

  private static DeepOptions options(ClusteringSteps steps, int layerEpochs, int interval) {
    return options(steps, layerEpochs, interval, RateSchedule.CONSTANT);
  }

  private static DeepOptions options(
      ClusteringSteps steps, int layerEpochs, int interval, RateSchedule schedule) {
    return options(steps, layerEpochs, interval, schedule, Averages.ONCE);
  }

  private static DeepOptions options(
      ClusteringSteps steps,
      int layerEpochs,
      int interval,
      RateSchedule schedule,
      Averages averages) {
    return new DeepOptions(
        3,
        List.of(32, 2),
        layerEpochs,
        20,
        new Pretraining(Groups.CPU, 16, 0.005f, schedule, 0.1f),
        5,
        steps,
        interval,
        averages,
        30,
        0.001,
        7);
  }

  private static DeepOptions averaged(int epochs, int batch, Averages averages) {
    return pretraining(
        1, epochs, new Pretraining(Groups.CPU, batch, 0.005f, RateSchedule.COSINE, 0), averages);
  }

  private static DeepOptions pretraining(
      int layerEpochs, int epochs, Pretraining pretraining, Averages averages) {
    DeepOptions whole = options(DEC, layerEpochs, 10);
    return new DeepOptions(
        whole.k(),
        whole.widths(),
        layerEpochs,
        epochs,
        pretraining,
        whole.restarts(),
        whole.steps(),
        whole.interval(),
        averages,
        whole.maxRefreshes(),
        whole.tolerance(),
        whole.seed());
  }

  private static DeepTraining training(int workers, DeepOptions options) {
    return new DeepTraining(
        InMemoryWorkers.deal(Groups.rows(), workers), options, Optional.empty());
  }

  private static DeepProgress train(int workers, DeepOptions options) {
    DeepTraining training = training(workers, options);
    DeepProgress progress = training.start(Groups.WIDTH);
    while (!progress.ended()) {
      progress = training.next(progress);
    }
    return progress;
  }

  private static double agreeing(DeepProgress progress) {
    return Groups.agreeing(Codes.assign(progress.state(), Groups.rows(), Groups.CPU));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void findsTheGroupsWithAnyNumberOfWorkers(int workers) {
    for (ClusteringSteps steps : List.of(DEC, IDEC)) {
      DeepProgress end = train(workers, options(steps, 0, 10));
      assertTrue(agreeing(end) > 0.97, workers + " workers, " + steps);
      List<CurvePoint> curve = end.curve();
      assertEquals(CurvePoint.PRETRAIN, curve.get(19).phase());
      assertTrue(curve.get(19).loss() < 0.7 * curve.get(0).loss(), curve.toString());
      CurvePoint last = curve.get(curve.size() - 1);
      assertEquals(CurvePoint.CLUSTER, last.phase());
      assertTrue(last.changed() < 0.001, "it ends by itself");
    }
  }

  @Test
  void trainsLayerByLayerFirst() {
    DeepProgress end = train(2, options(DEC, 3, 0));
    assertTrue(agreeing(end) > 0.97, end.curve().toString());
    assertEquals(6, end.curve().stream().filter(p -> p.phase().equals(CurvePoint.LAYER)).count());
  }

  /** All that an average does to one worker's weights is to end one turn and begin the next. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 100})
  void oneWorkerLearnsTheSameHoweverOftenItIsAveraged(int averages) {
    DeepProgress once = train(1, options(DEC, 0, 10));
    DeepProgress often =
        train(1, options(DEC, 0, 10, RateSchedule.CONSTANT, Averages.of(averages)));
    assertArrayEquals(once.centroids(), often.centroids());
    assertEquals(once.curve().size(), often.curve().size());
    for (int i = 0; i < once.curve().size(); i++) {
      assertEquals(once.curve().get(i).loss(), often.curve().get(i).loss(), 1e-6);
    }
  }

  @Test
  void stepsSayHowOftenAnEpochIsAveraged() {
    int most = InMemoryWorkers.deal(Groups.rows(), 3).parts().get(0).count();
    int few = (most / 2 + 3) / 4;
    assertTrue(few > 1 && few < 64, "the rows of a worker: " + most);
    assertArrayEquals(
        firstLayer(averaged(1, 2, Averages.of(few))),
        firstLayer(averaged(1, 2, Averages.BY_STEPS)));
    assertArrayEquals(
        firstLayer(averaged(1, most, Averages.ONCE)),
        firstLayer(averaged(1, most, Averages.BY_STEPS)));
  }

  private static float[] firstLayer(DeepOptions options) {
    return pretrained(3, options).weights().encoder().get(0).weight();
  }

  private static DeepProgress pretrained(int workers, DeepOptions options) {
    DeepTraining training = training(workers, options);
    DeepProgress progress = training.start(Groups.WIDTH);
    while (progress.epochs() < options.allEpochs()) {
      progress = training.next(progress);
    }
    return progress;
  }

  /** Workers that are averaged after each step stay as near to each other as one step goes. */
  @Test
  void workersThatAreAveragedOftenReconstructAsOneDoes() {
    double one = lossOfLastEpoch(1, averaged(20, 16, Averages.ONCE));
    double often = lossOfLastEpoch(8, averaged(20, 2, Averages.of(1_000)));
    assertEquals(one, often, 0.1 * one);
  }

  /** Weights that hardly move: what is left is how losses of unequal parts are counted. */
  @Test
  void theLossIsOfAllRowsHoweverUnequalWorkersAre() {
    float[] values = Groups.rows().values();
    int few = 5 * Groups.WIDTH;
    InMemoryWorkers<Rows> workers =
        new InMemoryWorkers<>(
            List.of(
                new Rows(Arrays.copyOf(values, few), Groups.WIDTH),
                new Rows(Arrays.copyOfRange(values, few, values.length), Groups.WIDTH)));
    double once = firstLoss(workers, Averages.ONCE);
    assertEquals(once, firstLoss(workers, Averages.of(1_000)), 1e-6);
    assertEquals(once, firstLoss(workers, Averages.BY_STEPS), 1e-6);
  }

  private static double firstLoss(Workers<Rows> workers, Averages averages) {
    Pretraining slow = new Pretraining(Groups.CPU, 2, 1e-12f, RateSchedule.CONSTANT, 0);
    DeepOptions options = pretraining(0, 1, slow, averages);
    DeepTraining training = new DeepTraining(workers, options, Optional.empty());
    return training.next(training.start(Groups.WIDTH)).curve().get(0).loss();
  }

  private static double lossOfLastEpoch(int workers, DeepOptions options) {
    return pretrained(workers, options).curve().get(options.allEpochs() - 1).loss();
  }

  @Test
  void theSameSeedGivesTheSameBits() {
    assertArrayEquals(
        train(3, options(DEC, 0, 10)).centroids(), train(3, options(DEC, 0, 10)).centroids());
  }

  @Test
  void refusesMoreRowsThanAWorkerHoldsProbabilitiesOf() {
    Rows million = new Rows(new float[1_000_000], 1);
    DeepTraining training =
        new DeepTraining(
            InMemoryWorkers.deal(million, 1), options(DEC, 0, 10).withK(2148), Optional.empty());
    VectormillException e =
        assertThrows(VectormillException.class, () -> training.start(million.width()));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("ask for more --workers"), e.getMessage());
  }

  /** Half way, the rate is half the first one. */
  @Test
  void anEpochHasTheRateOfItsSchedule() {
    assertHalfTheRate(0, 10);
  }

  /** Each of the two layers has a fall of its own, and so has what comes after them. */
  @Test
  void eachPhaseHasASchedule() {
    assertHalfTheRate(2, 3);
    assertHalfTheRate(2, 14);
  }

  private static void assertHalfTheRate(int layerEpochs, int part) {
    DeepTraining training = training(1, options(DEC, layerEpochs, 10, RateSchedule.COSINE));
    DeepProgress before = training.start(Groups.WIDTH);
    for (int done = 0; done < part; done++) {
      before = training.next(before);
    }
    Pretraining halved = new Pretraining(Groups.CPU, 16, 0.0025f, RateSchedule.CONSTANT, 0.1f);
    long seed = 7 + 1_000_003L * part;
    Rows rows = Groups.rows();
    Pretraining.Epoch expected =
        part >= 2 * layerEpochs
            ? halved.epoch(before.weights(), before.moments(), rows, 0, 1, seed)
            : halved.layerEpoch(
                before.weights(), before.moments(), part / layerEpochs, rows, 0, 1, seed);
    assertArrayEquals(
        expected.weights().encoder().get(1).weight(),
        training.next(before).weights().encoder().get(1).weight());
  }

  @Test
  void bringsTheMeanSquareToOne() {
    Rows rows = new Rows(new float[] {3, 0, 0, 4, 0, 0, 0, 0}, 2);
    DeepTraining training =
        new DeepTraining(InMemoryWorkers.deal(rows, 3), options(DEC, 0, 10), Optional.empty());
    assertEquals(1 / Math.sqrt(25 / 8.0), training.start(2).weights().scale(), 1e-6);
  }

  @Test
  void aWorkerWithoutRowsChangesNothing() {
    DeepOptions options = options(DEC, 1, 10);
    List<Rows> parts = List.of(Groups.rows(), new Rows(new float[0], Groups.WIDTH));
    DeepTraining training =
        new DeepTraining(new InMemoryWorkers<>(parts), options, Optional.empty());
    DeepTraining alone = training(1, options);
    DeepProgress one = alone.start(Groups.WIDTH);
    DeepProgress two = training.start(Groups.WIDTH);
    for (int part = 0; part < 27; part++) {
      one = alone.next(one);
      two = training.next(two);
    }
    assertEquals(4, one.refreshes());
    assertArrayEquals(one.centroids(), two.centroids());
  }

  @Test
  void dealsEachRowOnce() {
    InMemoryWorkers<Rows> workers =
        InMemoryWorkers.deal(new Rows(new float[] {0, 1, 2, 3, 4, 5, 6}, 1), 3);
    assertArrayEquals(new float[] {0, 3, 6}, workers.parts().get(0).values());
    assertArrayEquals(new float[] {1, 4}, workers.parts().get(1).values());
    assertArrayEquals(new float[] {2, 5}, workers.parts().get(2).values());
  }

  @Test
  void clustersThatMergeAreAFailure() {
    Autoencoder weights = Autoencoder.initial(1, Groups.WIDTHS, 1);
    float[] merged = {0, 0, 1e4f, 1e4f, 0, 0};
    DeepProgress progress =
        new DeepProgress(20, weights, merged, Moments.NONE, null, List.of(), false);
    VectormillException failure =
        assertThrows(
            VectormillException.class, () -> training(1, options(DEC, 0, 10)).next(progress));
    assertTrue(failure.getMessage().contains("at cluster=0"), failure.getMessage());
  }

  @Test
  void aLossThatIsNoNumberNamesItsStepAndWorker() {
    Rows rows = Groups.rows();
    rows.values()[3 * Groups.WIDTH] = 1e38f;
    DeepTraining training =
        new DeepTraining(InMemoryWorkers.deal(rows, 2), options(DEC, 0, 10), Optional.empty());
    DeepProgress progress =
        new DeepProgress(
            0,
            Autoencoder.initial(1, Groups.WIDTHS, 1),
            null,
            Moments.NONE,
            null,
            List.of(),
            false);
    VectormillException failure =
        assertThrows(VectormillException.class, () -> training.next(progress));
    assertEquals(Fault.QUALITY, failure.fault());
    assertTrue(
        failure.getMessage().matches("pretraining: .* at step .*worker 1.*"), failure::toString);
  }

  @Test
  void goesOnFromAFileToTheSameBits() {
    DeepOptions options = options(IDEC, 1, 10);
    DeepTraining training = training(2, options);
    DeepProgress straight = training.start(Groups.WIDTH);
    DeepProgress stored = straight;
    while (!straight.ended()) {
      straight = training.next(straight);
      stored = ProgressFile.read(ProgressFile.write(training.next(stored)), "checkpoint");
    }
    assertArrayEquals(straight.centroids(), stored.centroids());
    assertEquals(straight.curve(), stored.curve());
    assertTrue(stored.ended());
  }

  @Test
  void namesAnOptionThatIsOutOfRange() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> options(DEC, 0, -1));
    assertEquals(
        "--interval must be at least 1, or 0 for a pass over the rows, got -1",
        failure.getMessage());
  }
}
