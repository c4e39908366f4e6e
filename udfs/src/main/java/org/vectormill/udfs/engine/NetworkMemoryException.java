package org.vectormill.udfs.engine;

/** The engine's or the device's memory did not suffice for a batch; a smaller one may pass. */
public final class NetworkMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NetworkMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
