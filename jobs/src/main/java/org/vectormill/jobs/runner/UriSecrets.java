package org.vectormill.jobs.runner;

import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;

/** Keeps what a URI may carry of secrets out of manifests, logs and messages. */
final class UriSecrets {
  private static final Pattern PASSWORD =
      Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#@,]*:[^/?#@,]*@.*", Pattern.DOTALL);
  private static final Pattern WEB_QUERY = Pattern.compile("(https?://[^?#,\\s]*)\\?[^#,\\s]*");

  /**
   * Refuses an option's value with a user and password; the message doesn't repeat it.
   *
   * @throws VectormillException ({@code USAGE})
   */
  static void refusePassword(String option, String value) {
    if (PASSWORD.matcher(value).find()) {
      throw VectormillException.usage(
          option
              + ": a URI with a user and password would end up in tables and logs; take it out and"
              + " use the store's own configuration");
    }
  }

  /** The value without the queries of web addresses, which often are signatures. */
  static String withoutQueries(String value) {
    return WEB_QUERY.matcher(value).replaceAll("$1");
  }

  private UriSecrets() {}
}
