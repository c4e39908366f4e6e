package org.vectormill.jobs.runner;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.util.VersionInfo;

/** Says what has to be added where no class is there for the scheme of a URI. */
final class MissingFileSystem {
  /** What Hadoop and the JVM say then. */
  static final String MESSAGES =
      "No (?:Abstract)?FileSystem (?:configured )?for scheme"
          + "|Class \\S*(?:FileSystem|\\.fs\\.\\S+) not found"
          + "|NoClassDefFoundError: (?:software/amazon/awssdk|com/azure|com/google/cloud)/";

  private static final Pattern S3 = Pattern.compile("\\.s3a\\.|software/amazon|scheme \"?s3a");
  private static final Pattern SCHEME = Pattern.compile("for scheme:? \"?([a-zA-Z0-9+.-]+)");

  private static final Map<String, String> MEANT =
      Map.of("s3", "s3a://", "s3n", "s3a://", "wasb", "abfs://", "wasbs", "abfss://");

  private static final String HOW =
      " on the class path: through spark-submit VECTORMILL_SUBMIT=\"--packages …\", or as jars among"
          + " Spark's";

  /** One sentence; {@code text} is the exception's. */
  static String advice(String text) {
    if (S3.matcher(text).find()) {
      return "s3a needs org.apache.hadoop:hadoop-aws:"
          + VersionInfo.getVersion()
          + " and the AWS SDK (software.amazon.awssdk: s3-transfer-manager, sts, apache-client)"
          + HOW;
    }
    Matcher scheme = SCHEME.matcher(text);
    String name = scheme.find() ? scheme.group(1) : "";
    String meant = MEANT.get(name);
    return meant == null
        ? "No file system is there for a URI's scheme: correct it, or put the library that has it"
            + HOW
        : "Scheme " + name + " is not read: write " + meant;
  }

  private MissingFileSystem() {}
}
