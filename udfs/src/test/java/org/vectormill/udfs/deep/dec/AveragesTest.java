package org.vectormill.udfs.deep.dec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.VectormillException;

class AveragesTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "4, 1", "5, 2", "8, 2", "9, 3", "256, 64", "257, 64", "100000, 64"})
  void stepsAreFewBetweenTwoAndTheseNotTooMany(int steps, int times) {
    assertEquals(times, Averages.BY_STEPS.inEpoch(() -> steps));
    assertEquals(1, Averages.BY_STEPS.betweenRefreshes(() -> steps));
  }

  @Test
  void aChosenNumberIsOfEpochsAndOfRefreshes() {
    assertEquals(5, Averages.of(5).inEpoch(() -> 1000));
    assertEquals(5, Averages.of(5).betweenRefreshes(() -> 1000));
    VectormillException refused = assertThrows(VectormillException.class, () -> Averages.of(0));
    assertEquals("--averages must be at least 1, got 0", refused.getMessage());
  }

  @Test
  void thereIsNothingToAverageBetweenSteps() {
    assertEquals(3, Averages.of(5).inEpoch(() -> 3));
    assertEquals(3, Averages.of(5).betweenRefreshes(() -> 3));
    assertEquals(1, Averages.of(5).inEpoch(() -> 0));
  }

  @Test
  void stepsAreNotCountedForOne() {
    IntSupplier never =
        () -> {
          throw new AssertionError("asked");
        };
    assertEquals(1, Averages.ONCE.inEpoch(never));
    assertEquals(1, Averages.ONCE.betweenRefreshes(never));
    assertEquals(1, Averages.BY_STEPS.betweenRefreshes(never));
  }

  /** Options of earlier runs had the number alone: what they began goes on. */
  @Test
  void isItsNumberInAPlansName() {
    assertEquals("1", Averages.ONCE.toString());
  }
}
