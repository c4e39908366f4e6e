package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.training.CurvePoint;

final class LearningCurveTest {
  @Test
  void pretrainingHasALossOnly() {
    assertEquals("pretrain, loss 0.2500", text("pretrain", 0.25, Double.NaN));
  }

  @Test
  void clusteringSaysWhatChangedToo() {
    assertEquals("cluster, loss 0.2500, 1.50 % changed", text("cluster", 0.25, 0.015));
  }

  @Test
  void theLastLookAtWhatChangedHasNoLoss() {
    assertEquals("cluster, 0.05 % changed", text("cluster", Double.NaN, 0.0005));
  }

  private static String text(String phase, double loss, double changed) {
    return LearningCurve.text(List.of(new CurvePoint(phase, 3, loss, changed)));
  }
}
