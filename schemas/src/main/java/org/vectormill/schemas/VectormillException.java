package org.vectormill.schemas;

/**
 * A failure with a known fault. The message is one sentence that names the thing, the value and
 * what to change; it is what the user reads on the last line.
 */
public final class VectormillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  public VectormillException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public VectormillException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  /** A {@link Fault#USAGE} failure: an option, its value and the rule that it breaks. */
  public static VectormillException usage(String message) {
    return new VectormillException(Fault.USAGE, message);
  }

  /** A {@link Fault#INPUT} failure. */
  public static VectormillException input(String message) {
    return new VectormillException(Fault.INPUT, message);
  }

  /** A {@link Fault#ENCODER} failure. */
  public static VectormillException encoder(String message) {
    return new VectormillException(Fault.ENCODER, message);
  }
}
