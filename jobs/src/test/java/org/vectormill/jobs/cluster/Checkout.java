package org.vectormill.jobs.cluster;

import java.nio.file.Path;

/** Files of the source checkout that tests run in. */
public final class Checkout {
  /** A path relative to the repository's root. */
  public static Path file(String path) {
    Path module = Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
    return module.resolveSibling(path).normalize();
  }

  private Checkout() {}
}
