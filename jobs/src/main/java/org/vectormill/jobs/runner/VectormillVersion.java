package org.vectormill.jobs.runner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that was built, as tables, results and {@code --version} tell it. */
public final class VectormillVersion {
  private static final String RESOURCE = "version.properties";

  public static String current() {
    try (InputStream in = VectormillVersion.class.getResourceAsStream(RESOURCE)) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private VectormillVersion() {}
}
