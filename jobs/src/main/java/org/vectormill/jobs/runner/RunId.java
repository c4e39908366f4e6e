package org.vectormill.jobs.runner;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Makes names for runs that were given none. */
final class RunId {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  /** UTC time to the second and 32 random bits, so that ids sort by time and do not meet. */
  static String create(Clock clock) {
    byte[] suffix = new byte[4];
    new SecureRandom().nextBytes(suffix);
    return TIME.format(ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)))
        + "-"
        + HexFormat.of().formatHex(suffix);
  }

  private RunId() {}
}
