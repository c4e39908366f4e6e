package org.vectormill.udfs.deep.training;

import java.util.Locale;
import org.vectormill.udfs.deep.network.TrainedArrays;

/**
 * A loss or weights that are no numbers: what was trained since the last checkpoint is lost, that
 * checkpoint isn't.
 */
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

  /**
   * A loss is that of the weights before its step: what the last step made is looked at apart.
   *
   * @param step the last
   * @throws DivergedException where weights are no finite numbers, or their squares are none
   */
  public static void check(TrainedArrays trained, String phase, int step) {
    float norm = trained.norm();
    if (!Float.isFinite(norm)) {
      throw new DivergedException(
          String.format(
              Locale.ROOT, "%s: the length of all weights is %s after step %d", phase, norm, step));
    }
  }
}
