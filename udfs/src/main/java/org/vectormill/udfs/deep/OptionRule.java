package org.vectormill.udfs.deep;

import org.vectormill.schemas.VectormillException;

/** Checks options of trainings where they enter. */
final class OptionRule {
  /**
   * @param rule what the value must be
   * @throws VectormillException ({@code USAGE}) naming option, rule and value
   */
  static void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage(option + " must be " + rule + ", got " + value);
    }
  }

  static void requireRate(String option, float rate) {
    require(rate > 0 && Float.isFinite(rate), option, rate, "above 0");
  }

  private OptionRule() {}
}
