package org.vectormill.jobs.cluster;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A SPARK_HOME made of Spark's jars as Maven resolved them. */
final class SparkHome {
  /**
   * What Spark's own bin/spark-submit does: asks the launcher for the command line, and runs it.
   */
  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      set -euo pipefail
      home=$(cd "$(dirname "$0")/.." && pwd)
      java=${JAVA_HOME:+$JAVA_HOME/bin/}java
      command=()
      while IFS= read -r -d '' word; do
        command+=("$word")
      done < <("$java" -cp "$home/jars/*" org.apache.spark.launcher.Main \\
        org.apache.spark.deploy.SparkSubmit "$@" | tail -n +2)
      SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 exec "${command[@]}"
      """;

  /**
   * Makes {@code directory} a SPARK_HOME: {@code jars/} with links, {@code bin/spark-submit}.
   *
   * @param classPath file with the class path of Spark's jars
   */
  static Path create(Path directory, Path classPath) throws IOException {
    Path jars = Files.createDirectories(directory.resolve("jars"));
    deleteLinks(jars);
    for (String entry : Files.readString(classPath).strip().split(":", -1)) {
      Path jar = Path.of(entry);
      try {
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      } catch (FileAlreadyExistsException e) {
        throw new IOException(classPath + " names two jars " + jar.getFileName(), e);
      }
    }
    Path submit = Files.createDirectories(directory.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, SUBMIT);
    if (!submit.toFile().setExecutable(true)) {
      throw new IOException(submit + " can't be made executable");
    }
    return directory;
  }

  /** Another Spark version may have been built before. */
  private static void deleteLinks(Path jars) throws IOException {
    try (Stream<Path> links = Files.list(jars)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  private SparkHome() {}
}
