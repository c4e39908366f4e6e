package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.text.TfIdfModel;

/** From a folder with a vocabulary to vectors. */
final class TfIdfFolderTest {
  private static final Configuration CONF = new Configuration(false);

  @TempDir Path temporary;
  private Path model;

  @BeforeEach
  void writeVocabulary() throws IOException {
    System.setProperty("VECTORMILL_CACHE", temporary.resolve("cache").toString());
    model = Files.createDirectory(temporary.resolve("model"));
    write(new TfIdfModel(2, 2, List.of("oil", "bank"), List.of(3.0, 4.0)));
  }

  @AfterEach
  void forget() {
    EncoderPool.closeAll();
    System.clearProperty("VECTORMILL_CACHE");
  }

  private void write(TfIdfModel vocabulary) throws IOException {
    Files.write(model.resolve(TfIdfModel.FILE), vocabulary.write());
  }

  private EncoderSpec resolve() {
    return EncoderPool.resolve(EncoderRequest.of(model.toString()), CONF);
  }

  @Test
  void encodesTextsToUnitLength() {
    EncoderSpec spec = resolve();
    assertEquals(EngineKind.TFIDF, spec.engine());
    assertEquals(Modality.TEXT, spec.modality());
    assertTrue(spec.normalise());
    var encoder = EncoderPool.text(spec, new RuntimeOptions("auto", 1, 1, 1), CONF);
    assertArrayEquals(
        new float[] {.6f, .8f, 1, 0}, encoder.encode(new String[] {"Bank, oil", "oil"}).values());
  }

  @Test
  void anotherVocabularyIsAnotherEncoder() throws IOException {
    String before = resolve().fingerprint();
    write(new TfIdfModel(2, 2, List.of("oil", "bank"), List.of(3.0, 4.5)));
    assertTrue(!before.equals(resolve().fingerprint()));
  }

  @Test
  void refusesWhatHasNoEffect() {
    Requests images = Requests.of(model);
    images.modality = Modality.IMAGE;
    assertTrue(failure(images).contains("texts"));
    Requests pooled = Requests.of(model);
    pooled.pooling = Pooling.MEAN;
    assertTrue(failure(pooled).contains("pooling"));
    Requests half = Requests.of(model);
    half.precision = Precision.FLOAT16;
    assertTrue(failure(half).contains("float32"));
  }

  private static String failure(Requests request) {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> EncoderPool.resolve(request.build(), CONF));
    assertEquals(Fault.USAGE, failure.fault(), failure.getMessage());
    return failure.getMessage();
  }
}
