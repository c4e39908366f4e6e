package org.vectormill.udfs.deep.training;

import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.NetworkTensors;

/** Checks options of trainings where they enter. */
public final class OptionRule {
  /** One less than the layers that a file may have. */
  private static final int MOST_WIDTHS = NetworkTensors.MOST_LAYERS - 1;

  /**
   * @param rule what the value must be
   * @throws VectormillException ({@code USAGE}) naming option, rule and value
   */
  public static void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage(option + " must be " + rule + ", got " + value);
    }
  }

  /** A learning rate: above 0, and finite. */
  public static void requireRate(String option, float rate) {
    require(rate > 0 && Float.isFinite(rate), option, rate, "above 0");
  }

  /** Widths of hidden layers and of the code. */
  public static void requireWidths(List<Integer> widths) {
    require(!widths.isEmpty(), "--layers", widths, "the widths of the hidden layers and the code");
    requireHiddenWidths(widths);
  }

  /** Widths of hidden layers, of which there may be none. */
  public static void requireHiddenWidths(List<Integer> widths) {
    require(widths.size() <= MOST_WIDTHS, "--layers", widths, "at most " + MOST_WIDTHS + " widths");
    require(
        widths.stream().allMatch(width -> width >= 1 && width <= 1 << 16),
        "--layers",
        widths,
        "widths from 1 to 65536");
  }

  private OptionRule() {}
}
