package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.RuntimeOptions;

/** Vectors of real photographs from real networks, against Pillow, torchvision and ONNX Runtime. */
final class PhotographVectorsTest {
  private static final Configuration CONF = new Configuration(false);
  private static final int PHOTOGRAPHS = 25;
  private static final double LEAST_COSINE = .9995;

  @TempDir Path temporary;

  @AfterEach
  void close() {
    EncoderPool.closeAll();
    System.clearProperty("VECTORMILL_CACHE");
  }

  @ParameterizedTest
  @CsvSource({
    "osnet-x0.25/osnet_x0_25_msmt17.onnx,256,128,'.485,.456,.406','.229,.224,.225',512",
    "mobilefacenet/mobilefacenet.onnx,112,112,'.5,.5,.5','.5,.5,.5',128"
  })
  void vectorsAgreeWithPython(
      String model, int height, int width, String mean, String std, int dimension)
      throws IOException, InterruptedException {
    System.setProperty("VECTORMILL_CACHE", temporary.resolve("cache").toString());
    Path data = data();
    Path file = data.resolve("models").resolve(model);
    List<byte[]> images = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    python(images, expected, data, file, "" + height, "" + width, mean, std);
    assertEquals(PHOTOGRAPHS, images.size());
    Requests request = Requests.of(file);
    request.preprocessor = preprocessor(height, width, mean, std).toString();
    RuntimeOptions options = new RuntimeOptions("cpu", 1, 8, 2);
    ImageEncoder encoder =
        EncoderPool.image(EncoderPool.resolve(request.build(), CONF), options, CONF);
    EncodedRows rows = encoder.encode(images.toArray(byte[][]::new));
    assertEquals(dimension, rows.dimension());
    for (int i = 0; i < PHOTOGRAPHS; i++) {
      assertNull(rows.failures()[i]);
      double cosine = cosine(rows, i, expected.get(i));
      assertTrue(cosine >= LEAST_COSINE, "photograph " + i + ": cosine " + cosine);
    }
  }

  private static double cosine(EncodedRows rows, int i, float[] expected) {
    double dot = 0;
    double norm = 0;
    for (int d = 0; d < expected.length; d++) {
      dot += rows.values()[i * expected.length + d] * expected[d];
      norm += expected[d] * expected[d];
    }
    return dot / Math.sqrt(norm);
  }

  private Path preprocessor(int height, int width, String mean, String std) throws IOException {
    Path file = temporary.resolve("preprocessor.json");
    String lists =
        ("\"mean\": [" + mean + "], \"std\": [" + std + "]").replaceAll("(?<=[\\[,])\\.", "0.");
    Files.writeString(
        file,
        "{\"resize_height\": " + height + ", \"resize_width\": " + width + ", " + lists + "}");
    return file;
  }

  private static void python(
      List<byte[]> images, List<float[]> vectors, Path data, Path model, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(peers().toString());
    command.add("src/test/python/embed_photographs.py");
    command.add(data.resolve("imagenet-sample-250/imagenet-sample-250.tar").toString());
    command.add(model.toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      for (int length = in.readInt(); length > 0; length = in.readInt()) {
        images.add(in.readNBytes(length));
        float[] vector = new float[in.readInt()];
        for (int d = 0; d < vector.length; d++) {
          vector[d] = in.readFloat();
        }
        vectors.add(vector);
      }
      assertEquals(0, process.waitFor());
    } finally {
      process.destroy();
    }
  }

  private static Path data() {
    Path home = Path.of("").toAbsolutePath().getParent();
    Path data = setting("VECTORMILL_SHARED", home.resolve("../shared")).resolve("data");
    assumeTrue(Files.exists(data.resolve("models")), "needs the models " + data);
    return data;
  }

  private static Path peers() {
    Path cache = Path.of(System.getProperty("user.home"), ".cache/vectormill/peers");
    Path python = setting("VECTORMILL_PEERS", cache).resolve("bin/python");
    assumeTrue(Files.exists(python), "needs the Python peers, " + python + " (scripts/peers)");
    return python;
  }

  private static Path setting(String name, Path other) {
    String value = System.getProperty(name, System.getenv(name));
    return value == null ? other : Path.of(value);
  }
}
