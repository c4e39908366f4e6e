package org.vectormill.jobs.runner;

import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;

/** Keeps what a URI may carry of secrets out of manifests, logs and messages. */
final class UriSecrets {
  /**
   * A scheme, a user and the colon before a password. What looks like a port is one, since a path
   * may have an @: a password of up to five digits and a slash is not told from it.
   */
  private static final String USER =
      "([a-zA-Z][a-zA-Z0-9+.-]*://)(?!\\[)[^/?#@,\\s]*:(?!\\d{1,5}(?:[/?#,;:)'\"\\s]|$))";

  private static final Pattern PASSWORD = Pattern.compile(USER + ".*@", Pattern.DOTALL);
  private static final Pattern PASSWORD_IN_LINE = Pattern.compile(USER + ".*@");
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

  /**
   * The words of a message, one or more lines, without users, passwords and queries. A password may
   * hold any character, so what follows one up to the line's last @ goes with it.
   */
  static String redact(String words) {
    return withoutQueries(PASSWORD_IN_LINE.matcher(words).replaceAll("$1***@"));
  }

  private UriSecrets() {}
}
