package org.vectormill.udfs.engine;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells a native library's lack of memory from its other failures; only its words say which. */
final class NativeFailures {
  private static final Pattern MEMORY =
      Pattern.compile(
          "out of memory|outofmemory|failed to allocate|bad_alloc|not enough memory"
              + "|can't allocate memory|cannot allocate memory|alloc_failed");

  /** {@link NetworkMemoryException} where memory ran out, else the failure itself. */
  static RuntimeException of(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (message != null && MEMORY.matcher(message.toLowerCase(Locale.ROOT)).find()) {
        return new NetworkMemoryException("the engine's memory ran out: " + message, failure);
      }
    }
    return failure;
  }

  private NativeFailures() {}
}
