package org.vectormill.udfs.deep;

import java.util.Locale;

/** A loss that is no number: the weights of this step are lost, those before it are not. */
final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String message) {
    super(message);
  }

  static void check(float loss, String phase, int step) {
    if (!Float.isFinite(loss)) {
      throw new DivergedException(
          String.format(Locale.ROOT, "%s: the loss is %s at step %d", phase, loss, step));
    }
  }
}
