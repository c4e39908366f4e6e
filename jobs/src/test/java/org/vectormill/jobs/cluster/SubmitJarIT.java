package org.vectormill.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands in the one jar for spark-submit. */
class SubmitJarIT {
  private static Path jar;

  @BeforeAll
  static void findJar() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.file("jobs/target"))) {
      List<Path> jars =
          files
              .filter(file -> file.getFileName().toString().matches("vectormill-\\d.*\\.jar"))
              .toList();
      assumeTrue(!jars.isEmpty(), "the jar was left out: -Dassembly.skipAssembly=true");
      assertEquals(1, jars.size(), jars.toString());
      jar = jars.get(0);
    }
  }

  private static Set<String> classes(Path file) throws IOException {
    try (JarFile opened = new JarFile(file.toFile())) {
      Set<String> names = new HashSet<>();
      opened.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
          .forEach(names::add);
      return names;
    }
  }

  private static List<String> services(String service) throws IOException {
    try (JarFile opened = new JarFile(jar.toFile())) {
      ZipEntry entry = opened.getEntry("META-INF/services/" + service);
      return new String(opened.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    }
  }

  @Test
  void holdsNothingThatSparkProvides() throws IOException {
    Set<String> ours = classes(jar);
    Set<String> twice = new TreeSet<>();
    String sparkJars = Files.readString(Checkout.file("jobs/target/classpath-spark.txt"));
    for (String sparkJar : sparkJars.strip().split(":", -1)) {
      classes(Path.of(sparkJar)).stream().filter(ours::contains).forEach(twice::add);
    }
    assertEquals(Set.of(), twice);
  }

  @Test
  void keepsTheServicesOfEveryJarThatWentIn() throws IOException {
    assertTrue(services("ai.djl.engine.EngineProvider").size() >= 3, "PyTorch, ONNX, tokenizers");
    String readers = String.join(" ", services("javax.imageio.spi.ImageReaderSpi"));
    assertTrue(
        readers.contains("JPEGImageReaderSpi")
            && readers.contains("TIFFImageReaderSpi")
            && readers.contains("WebPImageReaderSpi"),
        readers);
  }

  @Test
  void holdsTheMainClassAndTheNatives() throws IOException {
    try (JarFile opened = new JarFile(jar.toFile())) {
      assertTrue(opened.getEntry("org/vectormill/jobs/Main.class") != null);
      assertTrue(opened.getEntry("org/vectormill/jobs/runner/log4j2.properties") != null);
      assertTrue(
          opened.stream().anyMatch(entry -> entry.getName().contains("libtorch_cpu")),
          "PyTorch's native library");
      assertTrue(
          opened.stream().anyMatch(entry -> entry.getName().contains("libonnxruntime.")),
          "ONNX Runtime's native library");
    }
  }
}
