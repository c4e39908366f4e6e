package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;

final class ModelLayoutTest {
  private static ModelLayout of(EngineKind asked, String... names) {
    return ModelLayout.of("m", Set.of(names), asked);
  }

  private static String failure(EngineKind asked, String... names) {
    VectormillException failure = assertThrows(VectormillException.class, () -> of(asked, names));
    assertEquals(Fault.USAGE, failure.fault());
    return failure.getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "'model.onnx tokenizer.json model.safetensors',ONNX,model.onnx",
    "'onnx/model.onnx onnx/model_quantized.onnx tokenizer.json',ONNX,onnx/model.onnx",
    "'osnet.onnx README.md',ONNX,osnet.onnx",
    "'model.pt tokenizer.json',TORCHSCRIPT,model.pt",
    "'net.torchscript',TORCHSCRIPT,net.torchscript",
    "'tokenizer.json model.safetensors',STATIC,",
    "'tokenizer.json embeddings.npy',STATIC,",
    "'tfidf.json README.md',TFIDF,",
    "'tfidf.json model.onnx',ONNX,model.onnx"
  })
  void filesSayTheEngine(String names, EngineKind engine, String network) {
    ModelLayout layout = of(null, names.split(" ", -1));
    assertEquals(engine, layout.engine());
    assertEquals(network, layout.network());
  }

  @Test
  void companionsAreThoseThatAreKnown() {
    ModelLayout layout = of(null, "model.onnx", "tokenizer.json", "1_Pooling/config.json", "x.md");
    assertEquals(List.of("1_Pooling/config.json", "tokenizer.json"), layout.companions());
  }

  @Test
  void theMatrixIsACompanionOfStaticEmbeddings() {
    ModelLayout layout = of(EngineKind.STATIC, "tokenizer.json", "model.safetensors", "model.onnx");
    assertNull(layout.network());
    assertEquals(List.of("model.safetensors", "tokenizer.json"), layout.companions());
  }

  @Test
  void aVocabularyIsTheOnlyCompanionOfTfIdf() {
    ModelLayout layout = of(EngineKind.TFIDF, "tfidf.json", "config.json", "model.onnx");
    assertEquals(List.of("tfidf.json"), layout.companions());
  }

  @Test
  void twoEnginesNeedAChoice() {
    String message = failure(null, "model.onnx", "model.pt");
    assertTrue(message.contains("--engine"), message);
    assertTrue(message.contains("[model.onnx, model.pt]"), message);
    assertEquals("model.pt", of(EngineKind.TORCHSCRIPT, "model.onnx", "model.pt").network());
  }

  @Test
  void severalNetworksAreListed() {
    String message = failure(null, "a.onnx", "b.onnx");
    assertTrue(message.contains("[a.onnx, b.onnx]"), message);
    assertTrue(failure(null, "model.onnx", "onnx/model.onnx").contains("onnx/model.onnx"));
  }

  @Test
  void aFolderWithoutANetworkIsRefused() {
    assertTrue(failure(null, "README.md", "model.safetensors").contains("README.md"));
    assertTrue(failure(EngineKind.ONNX, "model.pt").contains("model.pt"));
    assertTrue(failure(EngineKind.STATIC, "model.safetensors").contains("tokenizer.json"));
    assertTrue(failure(EngineKind.TFIDF, "model.onnx").contains("tfidf.json"));
    assertTrue(failure(EngineKind.BUILTIN, "model.onnx").contains("built in"));
  }
}
