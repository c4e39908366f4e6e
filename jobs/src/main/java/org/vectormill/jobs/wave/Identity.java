package org.vectormill.jobs.wave;

import org.vectormill.udfs.ContentHash;

/** Short names for things that are equal in all that counts. */
public final class Identity {
  private static final int DIGITS = 32;

  /**
   * The first 128 bits of the SHA-256 over the facts' text, each with its length, as hex digits.
   *
   * @param facts values whose {@code toString} says all; records of such values do
   */
  public static String of(Object... facts) {
    StringBuilder text = new StringBuilder();
    for (Object fact : facts) {
      String one = String.valueOf(fact);
      text.append(one.length()).append(':').append(one);
    }
    return ContentHash.of(text.toString()).substring(0, DIGITS);
  }

  private Identity() {}
}
