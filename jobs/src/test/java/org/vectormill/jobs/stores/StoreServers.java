package org.vectormill.jobs.stores;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.vectormill.jobs.cluster.Checkout;
import org.vectormill.jobs.cluster.ServerProcess;

/** Starts the servers of real stores, each a JVM of its own on loopback. */
final class StoreServers {
  private static final Pattern HDFS_UP = Pattern.compile("^HDFS at (\\S+)");
  private static final Pattern S3_UP =
      Pattern.compile("Tomcat started on ports .*?(\\d+) \\(http\\)");

  /** An HDFS of three data nodes; obeys {@code stop N}. */
  static ServerProcess hdfs(Path dir) throws IOException {
    String spark = Files.readString(Checkout.file("jobs/target/classpath-spark.txt")).strip();
    Path main = Checkout.file("jobs/src/test/servers/MiniHdfs.java");
    return start(
        "hdfs",
        dir,
        HDFS_UP,
        List.of("-cp", jar("minicluster.jar") + ":" + spark, main.toString(), dir.toString()));
  }

  /** A store that speaks S3, with one bucket. */
  static ServerProcess s3(Path dir, String bucket) {
    String option = "--com.adobe.testing.s3mock.";
    return start(
        "s3mock",
        dir,
        S3_UP,
        List.of(
            "-jar",
            jar("s3mock.jar").toString(),
            "--server.port=0",
            option + "httpPort=0",
            option + "store.root=" + dir.resolve("objects"),
            option + "store.initialBuckets=" + bucket));
  }

  private static Path jar(String name) {
    String directory = System.getProperty("vectormill.stores");
    assumeTrue(directory != null, "tests of real stores run with mvn verify -Pstores");
    return Path.of(directory, name);
  }

  private static ServerProcess start(String name, Path dir, Pattern up, List<String> arguments) {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(arguments);
    return new ServerProcess(name, command, dir, Map.of(), up);
  }

  private StoreServers() {}
}
