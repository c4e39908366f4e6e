package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.engine.NetworkGoldens;

/** From a folder with a network to vectors, on this machine's own disk. */
final class ImageModelTest {
  private static final Configuration CONF = new Configuration(false);
  private static final String PREPROCESSOR =
      "{\"resize_width\": 4, \"resize_height\": 4, \"interpolation\": \"bilinear\"}";

  @TempDir Path temporary;
  private Path model;

  @BeforeEach
  void makeModel() throws IOException {
    System.setProperty("VECTORMILL_CACHE", temporary.resolve("cache").toString());
    model = Files.createDirectory(temporary.resolve("model"));
    Files.copy(NetworkGoldens.network("conv.onnx"), model.resolve("model.onnx"));
    Files.writeString(model.resolve("preprocessor_config.json"), PREPROCESSOR);
  }

  @AfterEach
  void forget() {
    EncoderPool.closeAll();
    System.clearProperty("VECTORMILL_CACHE");
  }

  private static EncoderSpec resolve(Requests request) {
    return EncoderPool.resolve(request.build(), CONF);
  }

  private static String failure(Fault fault, Requests request) {
    VectormillException failure = assertThrows(VectormillException.class, () -> resolve(request));
    assertEquals(fault, failure.fault(), failure.getMessage());
    return failure.getMessage();
  }

  private static byte[][] photographs() throws IOException {
    byte[][] images = new byte[3][];
    String[] names = {"baseline-444.jpg", "grey.png", "palette.png"};
    for (int i = 0; i < 3; i++) {
      try (InputStream in = ImageModelTest.class.getResourceAsStream("/images/" + names[i])) {
        images[i] = in.readAllBytes();
      }
    }
    return images;
  }

  @Test
  void aFolderSaysWhatItIs() {
    EncoderSpec spec = resolve(Requests.of(model));
    assertEquals(EngineKind.ONNX, spec.engine());
    assertEquals(Modality.IMAGE, spec.modality());
    assertEquals(4, spec.image().preprocessor().resizeWidth());
    assertTrue(spec.digest().matches("[0-9a-f]{64}"));
    assertTrue(spec.normalise());
  }

  @ParameterizedTest
  @CsvSource({"scores,NONE,5", "pooled,NONE,6", "active,MEAN,6", "active,MAX,6", "active,GEM,6"})
  void outputsBecomeVectors(String output, SpatialPooling pooling, int dimension)
      throws IOException {
    Requests request = Requests.of(model);
    request.output = output;
    request.spatial = pooling;
    EncodedRows rows =
        EncoderPool.image(resolve(request), Requests.CPU, CONF).encode(photographs());
    assertEquals(dimension, rows.dimension());
    for (int i = 0; i < 3; i++) {
      assertNull(rows.failures()[i]);
      double norm = 0;
      for (int d = 0; d < dimension; d++) {
        norm += Math.pow(rows.values()[i * dimension + d], 2);
      }
      assertEquals(1, norm, 1e-5);
    }
  }

  @Test
  void poolingHereEqualsPoolingInTheNetwork() throws IOException {
    Requests pooled = Requests.of(model);
    pooled.output = "pooled";
    Requests active = Requests.of(model);
    active.output = "active";
    active.spatial = SpatialPooling.MEAN;
    float[] there =
        EncoderPool.image(resolve(pooled), Requests.CPU, CONF).encode(photographs()).values();
    float[] here =
        EncoderPool.image(resolve(active), Requests.CPU, CONF).encode(photographs()).values();
    org.junit.jupiter.api.Assertions.assertArrayEquals(there, here, 1e-5f);
  }

  @Test
  void positionsWithoutPoolingAreRefused() {
    Requests request = Requests.of(model);
    request.output = "active";
    EncoderSpec spec = resolve(request);
    VectormillException failure =
        assertThrows(VectormillException.class, () -> EncoderPool.image(spec, Requests.CPU, CONF));
    assertTrue(failure.getMessage().contains("[1, 6, 4, 4]"), failure.getMessage());
  }

  @Test
  void torchScriptGivesTheVectorsOfOnnx() throws IOException {
    Path other = Files.createDirectory(temporary.resolve("torch"));
    Files.copy(NetworkGoldens.network("single.pt"), other.resolve("model.pt"));
    Requests torch = Requests.of(other);
    torch.preprocessor = model.resolve("preprocessor_config.json").toString();
    Requests onnx = Requests.of(model);
    onnx.output = "pooled";
    EncoderSpec spec = resolve(torch);
    assertEquals(EngineKind.TORCHSCRIPT, spec.engine());
    org.junit.jupiter.api.Assertions.assertArrayEquals(
        EncoderPool.image(resolve(onnx), Requests.CPU, CONF).encode(photographs()).values(),
        EncoderPool.image(spec, Requests.CPU, CONF).encode(photographs()).values(),
        1e-5f);
  }

  @Test
  void aFixedBatchOfTheNetworkIsFollowed() throws IOException {
    Requests request = Requests.of(NetworkGoldens.network("fixed.onnx"));
    request.preprocessor = model.resolve("preprocessor_config.json").toString();
    EncodedRows rows =
        EncoderPool.image(resolve(request), Requests.CPU, CONF).encode(photographs());
    EncodedRows free =
        EncoderPool.image(resolve(Requests.of(model)), Requests.CPU, CONF).encode(photographs());
    org.junit.jupiter.api.Assertions.assertArrayEquals(free.values(), rows.values(), 1e-6f);
  }

  @Test
  void oneEncoderIsShared() {
    int before = EncoderPool.loads();
    EncoderSpec spec = resolve(Requests.of(model));
    ImageEncoder first = EncoderPool.image(spec, Requests.CPU, CONF);
    assertSame(first, EncoderPool.image(spec, Requests.CPU, CONF));
    assertEquals(before + 1, EncoderPool.loads());
  }

  @Test
  void aModelThatChangedAfterTheDriverSawItIsRefused() throws IOException {
    EncoderSpec spec = resolve(Requests.of(model));
    Files.writeString(model.resolve("preprocessor_config.json"), PREPROCESSOR + " ");
    VectormillException failure =
        assertThrows(VectormillException.class, () -> EncoderPool.image(spec, Requests.CPU, CONF));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains(spec.digest()));
    assertTrue(failure.getMessage().contains(resolve(Requests.of(model)).digest()));
  }

  @Test
  void aPinHolds() {
    String digest = resolve(Requests.of(model)).digest();
    assertEquals(digest, resolve(Requests.of(model + "#sha256=" + digest)).digest());
    String message = failure(Fault.ENCODER, Requests.of(model + "#sha256=" + "0".repeat(64)));
    assertTrue(message.contains(digest), message);
  }

  @Test
  void aSingleFilesDigestIsThatOfTheFile() throws Exception {
    Path alone = Files.createDirectory(temporary.resolve("alone"));
    Path file = alone.resolve("net.onnx");
    Files.copy(NetworkGoldens.network("conv.onnx"), file);
    Requests request = Requests.of(file);
    request.preprocessor = "vit";
    String expected = org.vectormill.udfs.ContentHash.of(Files.readAllBytes(file));
    assertEquals(expected, resolve(request).digest());
  }

  @Test
  void whatContradictsTheModelIsRefused() {
    Requests text = Requests.of(model);
    text.modality = Modality.TEXT;
    assertTrue(failure(Fault.USAGE, text).contains("tokenizer.json"));
    Requests output = Requests.of(model);
    output.output = "poled";
    assertTrue(failure(Fault.USAGE, output).contains("[pooled]"));
    Requests precision = Requests.of(model);
    precision.precision = Precision.FLOAT16;
    assertTrue(failure(Fault.USAGE, precision).contains("precision that it was written in"));
    Requests engine = Requests.of(model.resolve("model.onnx"));
    engine.engine = EngineKind.TORCHSCRIPT;
    assertTrue(failure(Fault.USAGE, engine).contains("contradicts --engine"));
  }

  @Test
  void anImageModelNeedsAPreprocessor() {
    Requests request = Requests.of(NetworkGoldens.network("half.onnx"));
    request.modality = Modality.IMAGE;
    assertTrue(failure(Fault.USAGE, request).contains("--preprocessor"));
    request.modality = null;
    assertTrue(failure(Fault.USAGE, request).contains("--modality"));
    request.preprocessor = temporary.resolve("none.json").toString();
    assertTrue(failure(Fault.USAGE, request).contains("none.json"));
  }

  @Test
  void aModelThatIsNotThereIsRefused() {
    assertTrue(failure(Fault.ENCODER, Requests.of(temporary.resolve("none"))).contains("none"));
  }

  @Test
  void tensorDataOutsideOfTheFolderIsRefused() throws IOException {
    Path inner = Files.createDirectories(temporary.resolve("escape/inner"));
    Files.copy(NetworkGoldens.network("external/model.onnx"), inner.resolve("model.onnx"));
    Path data = temporary.resolve("escape/model.onnx_data");
    Files.copy(NetworkGoldens.network("external/model.onnx_data"), data);
    Files.createSymbolicLink(inner.resolve("model.onnx_data"), data);
    Requests request = Requests.of(inner);
    request.preprocessor = "vit";
    assertTrue(failure(Fault.ENCODER, request).contains("outside of its folder"));
    Files.delete(inner.resolve("model.onnx_data"));
    assertTrue(failure(Fault.ENCODER, request).contains("not there"));
  }
}
