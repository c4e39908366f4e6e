package org.vectormill.udfs.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import java.util.Optional;

/**
 * The C library's heap, in which PyTorch allocates. Batches of many shapes leave holes in it, which
 * glibc keeps: a process whose live memory stays the same grew from 1 to 2.4 GB within 20,000
 * sentences.
 */
final class NativeHeap {
  private static final Optional<Function> TRIM = find();

  /** Gives unused memory back to the system where the C library can do that (glibc). */
  static void trim() {
    TRIM.ifPresent(function -> function.invokeInt(new Object[] {new NativeLong(0)}));
  }

  /** Whether the C library can. */
  static boolean trims() {
    return TRIM.isPresent();
  }

  private static Optional<Function> find() {
    if (!Platform.isLinux()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("malloc_trim"));
    } catch (LinkageError e) {
      // Other C libraries (musl) have no such function, and need none.
      return Optional.empty();
    }
  }

  private NativeHeap() {}
}
