package org.vectormill.udfs.pool;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;

/**
 * A model's URI, taken apart.
 *
 * @param scheme lower case; {@code file} for a plain path
 * @param location the whole URI without its fragment; never to be shown, since a query may hold a
 *     signature
 * @param pin digest asked for by {@code #sha256=…}; null for none
 */
record ModelUri(String scheme, String location, String pin) {
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");
  private static final Pattern PIN = Pattern.compile("sha256=([0-9a-fA-F]{64})");
  private static final Pattern USER = Pattern.compile("[a-zA-Z0-9+.-]+://([^/?@]*)@.*");

  /**
   * @throws VectormillException ({@code USAGE}) for a fragment that is no pin, or credentials
   */
  static ModelUri parse(String text) {
    int hash = text.indexOf('#');
    String location = hash < 0 ? text : text.substring(0, hash);
    Matcher scheme = SCHEME.matcher(location);
    String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "file";
    ModelUri uri = new ModelUri(name, location, null);
    uri.refuseCredentials();
    return hash < 0 ? uri : uri.pinned(text.substring(hash + 1));
  }

  private ModelUri pinned(String fragment) {
    Matcher pin = PIN.matcher(fragment);
    if (!pin.matches()) {
      throw VectormillException.usage(
          "encoder "
              + shown()
              + ": after # comes sha256= and 64 hex digits, got "
              + (fragment.length() > 80 ? fragment.length() + " characters" : fragment));
    }
    return new ModelUri(scheme, location, pin.group(1).toLowerCase(Locale.ROOT));
  }

  /** What stands before an @ is a container for some stores; a password never is. */
  private void refuseCredentials() {
    Matcher user = USER.matcher(location);
    if (user.matches() && (isHttp() || user.group(1).contains(":"))) {
      throw VectormillException.usage(
          "encoder "
              + shown()
              + ": a URI with a user or password would end up in tables and logs; take it out");
    }
  }

  boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  /** Whether the model's bytes come from elsewhere than this machine's own file system. */
  boolean isRemote() {
    return !scheme.equals("file") && !scheme.equals("builtin");
  }

  /** The URI as messages and tables may show it: no user, no query, no fragment. */
  String shown() {
    String clean = location;
    if (isHttp() || USER.matcher(location).matches() && location.matches("[^/]*//[^/@]*:.*@.*")) {
      clean = clean.replaceFirst("//[^/?@]*@", "//");
    }
    int query = isRemote() ? clean.indexOf('?') : -1;
    return query < 0 ? clean : clean.substring(0, query);
  }

  /** The path of a {@code file} URI or plain path. */
  String path() {
    return location.startsWith("file:")
        ? java.net.URI.create(location.replace(" ", "%20")).getPath()
        : location;
  }
}
