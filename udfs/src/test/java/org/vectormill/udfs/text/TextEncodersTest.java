package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.encode.TextSpec;

final class TextEncodersTest {
  private static final RuntimeOptions RUNTIME = new RuntimeOptions("cpu", 512, 1, 1);

  @TempDir private Path folder;

  @BeforeEach
  void copyTokenizer() throws IOException {
    Files.copy(
        TextGoldens.folder("wordpiece").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"));
  }

  private void write(String name, String json) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.writeString(folder.resolve(name), json);
  }

  private static EncoderRequest request(
      Pooling pooling, String prefix, boolean poolPrefix, Integer maxLength) {
    return new EncoderRequest(
        "model",
        Modality.TEXT,
        null,
        pooling,
        prefix,
        poolPrefix,
        maxLength,
        null,
        SpatialPooling.NONE,
        3,
        1,
        null,
        null,
        0,
        Precision.FLOAT32,
        false);
  }

  private static EncoderSpec spec(EngineKind engine, TextSpec text) {
    return new EncoderSpec(
        "model", "digest", engine, Modality.TEXT, text, null, null, true, 0, Precision.FLOAT32);
  }

  private TextSpec transformer(EncoderRequest request) {
    return TextEncoders.spec(request, EngineKind.ONNX, folder);
  }

  private TextSpec byDefault() {
    return transformer(request(null, null, true, null));
  }

  private void requireRefused(Fault fault, String message, EngineKind engine, EncoderRequest bad) {
    VectormillException e =
        assertThrows(VectormillException.class, () -> TextEncoders.spec(bad, engine, folder));
    assertEquals(message, e.getMessage().replace(folder.toString(), "FOLDER"));
    assertEquals(fault, e.fault());
  }

  @Test
  void takesDefaultsWhereTheFolderSaysNothing() {
    assertEquals(new TextSpec(Pooling.MEAN, "", true, 512), byDefault());
    assertFalse(TextEncoders.normalises(EngineKind.ONNX, folder));
  }

  @Test
  void takesTheFirstLengthThatAFileNames() throws IOException {
    write("config.json", "{\"max_position_embeddings\": 300}");
    assertEquals(300, byDefault().maxLength());
    write("tokenizer_config.json", "{\"model_max_length\": 1000000000000000019884624838656}");
    assertEquals(300, byDefault().maxLength());
    write("tokenizer_config.json", "{\"model_max_length\": 200}");
    assertEquals(200, byDefault().maxLength());
    write("sentence_bert_config.json", "{\"max_seq_length\": 100}");
    assertEquals(100, byDefault().maxLength());
    assertEquals(150, transformer(request(null, "", true, 150)).maxLength());
    requireRefused(
        Fault.USAGE,
        "max length must be at most 200, what the model takes, got 201",
        EngineKind.ONNX,
        request(null, "", true, 201));
  }

  @Test
  void leavesRobertaThePositionsOfItsPadding() throws IOException {
    write(
        "config.json",
        "{\"model_type\": \"roberta\", \"max_position_embeddings\": 514, \"pad_token_id\": 1}");
    assertEquals(512, byDefault().maxLength());
  }

  @ParameterizedTest
  @CsvSource({
    "cls_token,CLS",
    "mean_tokens,MEAN",
    "max_tokens,MAX",
    "lasttoken,LAST",
    "weightedmean_tokens,WEIGHTED_MEAN"
  })
  void readsThePoolingOfSentenceTransformers(String flag, Pooling pooling) throws IOException {
    write(
        "1_Pooling/config.json",
        "{\"word_embedding_dimension\": 4, \"pooling_mode_" + flag + "\": true}");
    assertEquals(pooling, byDefault().pooling());
  }

  @Test
  void refusesAPoolingThatIsNotOfferedUnlessAnotherIsNamed() throws IOException {
    write("1_Pooling/config.json", "{\"pooling_mode_mean_sqrt_len_tokens\": true}");
    requireRefused(
        Fault.ENCODER,
        "FOLDER: 1_Pooling/config.json asks for a pooling that isn't offered (mean_sqrt_len, or"
            + " several in one); name one pooling instead",
        EngineKind.ONNX,
        request(null, "", true, null));
    assertEquals(Pooling.CLS, transformer(request(Pooling.CLS, "", true, null)).pooling());
  }

  @Test
  void poolsAPrefixWhereBothAllowIt() throws IOException {
    assertTrue(transformer(request(null, "the ", true, null)).poolPrefix());
    assertFalse(transformer(request(null, "the ", false, null)).poolPrefix());
    write("1_Pooling/config.json", "{\"include_prompt\": false}");
    assertFalse(transformer(request(null, "the ", true, null)).poolPrefix());
  }

  @Test
  void takesTheDefaultPromptWhereNobodyNamesAPrefix() throws IOException {
    write(
        "config_sentence_transformers.json",
        "{\"prompts\": {\"query\": \"the cat: \"}, \"default_prompt_name\": \"query\"}");
    assertEquals("the cat: ", byDefault().prefix());
    assertEquals("", transformer(request(null, "", true, null)).prefix());
  }

  @Test
  void refusesALengthThatLeavesNoRoomForText() {
    assertEquals(6, transformer(request(null, "the cat:", true, 6)).maxLength());
    requireRefused(
        Fault.USAGE,
        "max length must be more than the 5 tokens that prefix and special tokens take, got 5",
        EngineKind.ONNX,
        request(null, "the cat:", true, 5));
  }

  @Test
  void refusesADenseLayerThatIsNotInTheNetwork() throws IOException {
    write("modules.json", "[{\"type\": \"sentence_transformers.models.Dense\"}]");
    assertThrows(VectormillException.class, this::byDefault);
    assertEquals(Pooling.NONE, transformer(request(Pooling.NONE, "", true, null)).pooling());
  }

  @Test
  void normalisesWhereTheFolderHasThatModule() throws IOException {
    write("modules.json", "[{\"type\": \"sentence_transformers.models.Normalize\"}]");
    assertTrue(TextEncoders.normalises(EngineKind.TORCHSCRIPT, folder));
    assertTrue(TextEncoders.normalises(EngineKind.STATIC, folder));
    write("config.json", "{\"normalize\": false}");
    assertFalse(TextEncoders.normalises(EngineKind.STATIC, folder));
    assertTrue(TextEncoders.normalises(EngineKind.BUILTIN, null));
  }

  @Test
  void refusesAFolderWithoutItsFiles() throws IOException {
    requireRefused(
        Fault.ENCODER,
        "FOLDER: has neither model.safetensors nor embeddings.npy; a static model's folder must"
            + " hold one",
        EngineKind.STATIC,
        request(null, null, true, null));
    Files.delete(folder.resolve("tokenizer.json"));
    requireRefused(
        Fault.ENCODER,
        "FOLDER: has no tokenizer.json; a text model's folder must hold one",
        EngineKind.ONNX,
        request(null, null, true, null));
  }

  @Test
  void refusesWhatStaticAndBuiltinEncodersCannotDo() throws IOException {
    Files.write(folder.resolve("embeddings.npy"), new byte[1]);
    requireRefused(
        Fault.USAGE,
        "pooling must be mean for a static model, got CLS",
        EngineKind.STATIC,
        request(Pooling.CLS, null, true, null));
    requireRefused(
        Fault.USAGE,
        "a prefix that is not pooled changes nothing with this encoder, got \"q: \"; leave it out,"
            + " or pool it",
        EngineKind.STATIC,
        request(null, "q: ", false, null));
    requireRefused(
        Fault.USAGE,
        "pooling must be none or left out for this encoder, got MEAN",
        EngineKind.BUILTIN,
        request(Pooling.MEAN, null, true, null));
  }

  @Test
  void loadsATransformerThatOwnsItsNetwork() {
    FakeNetwork network = new FakeNetwork();
    try (TextEncoder encoder =
        TextEncoders.load(spec(EngineKind.ONNX, byDefault()), folder, network, RUNTIME)) {
      EncodedRows rows = encoder.encode(new String[] {"the cat"});
      assertEquals(FakeNetwork.D, encoder.dimension());
      assertNull(rows.failures()[0]);
      assertEquals(4, rows.tokens()[0]);
    }
    assertTrue(network.closed);
  }

  @Test
  void closesTheNetworkWhereLoadingFails() {
    FakeNetwork network = new FakeNetwork();
    network.failingId = 2;
    EncoderSpec spec = spec(EngineKind.ONNX, byDefault());
    VectormillException e =
        assertThrows(
            VectormillException.class, () -> TextEncoders.load(spec, folder, network, RUNTIME));
    assertEquals("the network failed on a text of one letter: token 2", e.getMessage());
    assertTrue(network.closed);
  }

  @Test
  void refusesAnAskedPoolingOverOneVectorForEachText() {
    FakeNetwork network = new FakeNetwork();
    network.onePerText = true;
    EncoderSpec asked = spec(EngineKind.ONNX, new TextSpec(Pooling.CLS, "", true, 512));
    assertThrows(
        VectormillException.class, () -> TextEncoders.load(asked, folder, network, RUNTIME));
    EncoderSpec byFolder = spec(EngineKind.ONNX, byDefault());
    try (TextEncoder encoder = TextEncoders.load(byFolder, folder, network, RUNTIME)) {
      assertNull(encoder.encode(new String[] {"cat"}).failures()[0]);
    }
  }

  @Test
  void loadsStaticAndBuiltinEncodersWithoutANetwork() {
    Path statics = TextGoldens.folder("static-plain");
    EncoderRequest plain = request(null, null, true, null);
    TextSpec text = TextEncoders.spec(plain, EngineKind.STATIC, statics);
    assertEquals(new TextSpec(Pooling.MEAN, "", true, 512), text);
    try (TextEncoder encoder =
        TextEncoders.load(spec(EngineKind.STATIC, text), statics, null, RUNTIME)) {
      assertEquals(6, encoder.dimension());
    }
    TextSpec words = TextEncoders.spec(plain, EngineKind.BUILTIN, null);
    try (TextEncoder encoder =
        TextEncoders.load(spec(EngineKind.BUILTIN, words), null, null, RUNTIME)) {
      assertEquals(256, encoder.dimension());
      assertEquals(2, encoder.encode(new String[] {"Hello, world"}).tokens()[0]);
    }
  }
}
