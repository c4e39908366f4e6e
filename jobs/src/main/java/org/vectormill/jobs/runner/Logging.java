package org.vectormill.jobs.runner;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.logging.log4j.core.config.Configurator;

/** Log set-up: quiet Spark, our own lines, on standard error. */
final class Logging {
  /** Start of each line: clears an updating progress line on a terminal. */
  private static final String LINE_START = "vectormill.log.line.start";

  /** Applies the layout, unless the user brought a Log4j configuration of his own. */
  static void configure(CommonOptions.LogFormat format) {
    if (System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    System.setProperty(LINE_START, Boolean.getBoolean("vectormill.terminal") ? "\r\u001b[K" : "");
    Configurator.reconfigure(
        resource(
            switch (format) {
              case TEXT -> "log4j2.properties";
              case JSON -> "log4j2-json.properties";
            }));
  }

  private static URI resource(String name) {
    try {
      return Logging.class.getResource(name).toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry has no URI", e);
    }
  }

  private Logging() {}
}
