package org.vectormill.udfs.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.image.PreprocessorFile;

final class EncoderSpecTest {
  private static EncoderSpec image(String uri, String preset, int dimensions) {
    ImageSpec image =
        new ImageSpec(PreprocessorFile.preset(preset), SpatialPooling.MEAN, 1, 1_000_000);
    return new EncoderSpec(
        uri,
        "aa",
        EngineKind.ONNX,
        Modality.IMAGE,
        null,
        image,
        null,
        true,
        dimensions,
        Precision.FLOAT32);
  }

  private static EncoderSpec text(String prefix, int maxLength) {
    TextSpec text = new TextSpec(Pooling.MEAN, prefix, true, maxLength);
    return new EncoderSpec(
        "x", "aa", EngineKind.ONNX, Modality.TEXT, text, null, null, true, 0, Precision.FLOAT32);
  }

  @Test
  void fingerprintIsSixteenHexDigits() {
    assertTrue(image("a", "clip", 0).fingerprint().matches("[0-9a-f]{16}"));
  }

  @Test
  void fingerprintDoesNotDependOnWhereTheModelLies() {
    assertEquals(
        image("/a/model", "clip", 0).fingerprint(), image("hf:a/model", "clip", 0).fingerprint());
  }

  @Test
  void fingerprintDependsOnNestedFields() {
    assertNotEquals(image("a", "clip", 0).fingerprint(), image("a", "vit", 0).fingerprint());
    assertNotEquals(text("", 128).fingerprint(), text("", 129).fingerprint());
  }

  @Test
  void fingerprintDependsOnDimensions() {
    assertNotEquals(image("a", "clip", 0).fingerprint(), image("a", "clip", 64).fingerprint());
  }

  @Test
  void aValueThatLooksLikeTheNextFieldIsStillOneValue() {
    assertNotEquals(
        text("a\ntext.poolPrefix=12:Boolean:true", 128).fingerprint(),
        text("a", 128).fingerprint());
  }

  @Test
  void runtimeOptionsNameTheOptionThatIsWrong() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> new RuntimeOptions("cuda", 1, 1, 1));
    assertEquals(Fault.USAGE, failure.fault());
    assertEquals("--device must be auto, cpu, gpu or gpu:N, got cuda", failure.getMessage());
    assertThrows(VectormillException.class, () -> new RuntimeOptions("cpu", 0, 1, 1));
    assertThrows(VectormillException.class, () -> new RuntimeOptions("cpu", 1, 1, 0));
  }
}
