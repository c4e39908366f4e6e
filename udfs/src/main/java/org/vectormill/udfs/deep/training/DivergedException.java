package org.vectormill.udfs.deep.training;

import java.util.Locale;

/** A loss that is no number: the weights of this step are lost, those before it are not. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String message) {
    super(message);
  }

  /**
   * @param phase what was trained
   * @throws DivergedException where the loss is no finite number
   */
  public static void check(float loss, String phase, int step) {
    if (!Float.isFinite(loss)) {
      throw new DivergedException(
          String.format(Locale.ROOT, "%s: the loss is %s at step %d", phase, loss, step));
    }
  }
}
