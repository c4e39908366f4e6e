package org.vectormill.udfs.deep;

/** A loss that is no number: the weights of this step are lost, those before it are not. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DivergedException(String message) {
    super(message);
  }

  static void check(float loss, String phase, int step) {
    if (!Float.isFinite(loss)) {
      throw new DivergedException(
          "%s: the loss is %s at step %d; lower the learning rate, or scale the input"
              .formatted(phase, loss, step));
    }
  }
}
