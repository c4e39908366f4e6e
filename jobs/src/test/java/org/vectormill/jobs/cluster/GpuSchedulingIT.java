package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.cluster.StandaloneCluster.WorkerShape;
import org.vectormill.jobs.embed.ItemTables;
import org.vectormill.udfs.engine.NetworkRuntime;

/**
 * Two workers with two pretended GPUs each, and two tasks on a GPU: every address that Spark gives
 * is used, by one session in one JVM and by one thread.
 */
@Tag("slow")
class GpuSchedulingIT {
  private static final int WORKERS = 2;
  private static final WorkerShape SHAPE = new WorkerShape(4, 2);

  @TempDir static Path dir;

  private static StandaloneCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = StandaloneCluster.start(dir, WORKERS, SHAPE);
    new ItemTables(new Configuration(), dir.resolve("items").toString(), 4)
        .wave(ItemTables.images(400));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  void everyAddressIsUsedByOneSession() throws Exception {
    Path records = Files.createDirectory(dir.resolve("records"));
    StandaloneCluster.Outcome outcome =
        cluster.vectormill(
            Map.of(
                "VECTORMILL_SUBMIT",
                "--jars " + runtimeJar(),
                "VECTORMILL_JAVA",
                "-D" + RecordingRuntime.RECORDS + "=" + records),
            embed("recorded"));
    assertEquals(0, outcome.exitCode(), outcome.output());
    Set<String> addresses = new HashSet<>();
    Set<String> processes = new HashSet<>();
    for (Path record : files(records)) {
      String[] name = record.getFileName().toString().split("-", 2);
      processes.add(name[0]);
      assertTrue(addresses.add(name[1]), "address " + name[1] + " is used by two JVMs");
      List<String> lines = Files.readAllLines(record);
      assertEquals(1, lines.stream().filter("load"::equals).count(), lines::toString);
      assertTrue(lines.contains("batch by gpu-dispatch"), lines::toString);
    }
    assertEquals(Set.of("0", "1", "2", "3"), addresses);
    assertEquals(WORKERS, processes.size(), processes::toString);
  }

  @Test
  void aGpuWithoutItsDriverIsExitCodeFive() throws Exception {
    StandaloneCluster.Outcome outcome = cluster.vectormill(embed("none"));
    assertEquals(5, outcome.exitCode(), outcome.output());
    String last = outcome.output().lines().reduce((a, b) -> b).orElseThrow();
    assertTrue(last.contains("Spark's GPU address"), last);
    assertTrue(last.contains("install CUDA 12 and cuDNN 9"), last);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** A jar that brings the runtime as a service. */
  private static Path runtimeJar() throws IOException {
    Path jar = dir.resolve("recording-runtime.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("RecordingRuntime", "RecordingRuntime$Recording")) {
        String entry = "org/vectormill/jobs/cluster/" + name + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = GpuSchedulingIT.class.getResourceAsStream("/" + entry)) {
          in.transferTo(out);
        }
      }
      out.putNextEntry(new JarEntry("META-INF/services/" + NetworkRuntime.class.getName()));
      out.write(RecordingRuntime.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static String[] embed(String output) {
    return List.of(
            "embed",
            "--input",
            dir.resolve("items").toString(),
            "--output",
            dir.resolve(output).toString(),
            "--modality",
            "image",
            "--encoder",
            Checkout.file("udfs/src/test/resources/networks/conv.onnx").toString(),
            "--preprocessor",
            "imagenet",
            "--unit-rows",
            "4",
            "--conf",
            "spark.executor.resource.gpu.amount=" + SHAPE.gpus(),
            "--conf",
            "spark.task.resource.gpu.amount=0.5")
        .toArray(String[]::new);
  }
}
