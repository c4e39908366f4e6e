package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.encode.TextSpec;
import org.vectormill.udfs.engine.Networks;

/** all-MiniLM-L6-v2 through both engines, against sentence-transformers. */
final class MiniLmTest {
  private static final int DIMENSION = 384;

  private record Golden(String text, float[] vector) {}

  @Test
  void givesTheVectorsOfSentenceTransformersAtAnyBudget() throws Exception {
    Path onnx = model("onnx");
    Path torchscript = model("torchscript");
    List<Golden> goldens = goldens();
    for (int batchTokens : new int[] {256, 4096}) {
      requireGoldens(goldens, EngineKind.ONNX, onnx, "model.onnx", batchTokens);
      requireGoldens(goldens, EngineKind.TORCHSCRIPT, torchscript, "model.pt", batchTokens);
    }
  }

  private static void requireGoldens(
      List<Golden> goldens, EngineKind engine, Path folder, String file, int batchTokens) {
    EncoderSpec spec = spec(engine, folder);
    assertEquals(256, spec.text().maxLength());
    RuntimeOptions runtime = new RuntimeOptions("cpu", batchTokens, 1, 1);
    var network = Networks.load(spec, folder.resolve(file), Device.cpu(), 1);
    try (TextEncoder encoder = TextEncoders.load(spec, folder, network, runtime)) {
      assertEquals(DIMENSION, encoder.dimension());
      EncodedRows rows = encoder.encode(goldens.stream().map(Golden::text).toArray(String[]::new));
      for (int i = 0; i < goldens.size(); i++) {
        assertNull(rows.failures()[i]);
        double cosine = 0;
        for (int j = 0; j < DIMENSION; j++) {
          cosine += (double) rows.values()[i * DIMENSION + j] * goldens.get(i).vector()[j];
        }
        assertTrue(cosine >= 0.9999, engine + ", text " + i + ": cosine " + cosine);
      }
    }
  }

  private static EncoderSpec spec(EngineKind engine, Path folder) {
    EncoderRequest request =
        new EncoderRequest(
            folder.toString(),
            Modality.TEXT,
            engine,
            null,
            null,
            true,
            null,
            null,
            SpatialPooling.NONE,
            3,
            1,
            null,
            null,
            0,
            Precision.FLOAT32,
            false);
    TextSpec text = TextEncoders.spec(request, engine, folder);
    boolean normalise = TextEncoders.normalises(engine, folder);
    return new EncoderSpec(
        "", "", engine, Modality.TEXT, text, null, null, normalise, 0, Precision.FLOAT32);
  }

  private static List<Golden> goldens() throws IOException, InterruptedException {
    Path archive = TextGoldens.shared("data/bbc-news/bbc-news.tar.gz");
    Path python = cache("VECTORMILL_PEERS", "peers").resolve("bin/python");
    assumeTrue(Files.exists(python), "needs the Python peers, " + python + " (scripts/peers)");
    Process process =
        new ProcessBuilder(
                python.toString(), "src/test/python/encode_sentences.py", archive.toString())
            .redirectError(Redirect.DISCARD)
            .start();
    List<Golden> goldens = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      for (int length = in.readInt(); length >= 0; length = in.readInt()) {
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        float[] vector = new float[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
          vector[j] = in.readFloat();
        }
        goldens.add(new Golden(text, vector));
      }
      assertEquals(0, process.waitFor());
    } finally {
      process.destroy();
    }
    assertEquals(25, goldens.size());
    return goldens;
  }

  private static Path model(String engine) {
    Path folder = cache("VECTORMILL_MODELS", "models").resolve("all-MiniLM-L6-v2-" + engine);
    assumeTrue(Files.exists(folder), "needs the model " + folder + " (scripts/export-minilm)");
    return folder;
  }

  private static Path cache(String setting, String name) {
    String set = System.getProperty(setting, System.getenv(setting));
    return set == null
        ? Path.of(System.getProperty("user.home"), ".cache/vectormill", name)
        : Path.of(set);
  }
}
