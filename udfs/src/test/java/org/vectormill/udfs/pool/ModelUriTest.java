package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.VectormillException;

final class ModelUriTest {
  @ParameterizedTest
  @CsvSource({
    "models/minilm,file,models/minilm",
    "/models/mini lm,file,/models/mini lm",
    "file:/models/mini%20lm,file,/models/mini lm",
    "file:///models/minilm,file,/models/minilm"
  })
  void aPathIsAFile(String text, String scheme, String path) {
    ModelUri uri = ModelUri.parse(text);
    assertEquals(scheme, uri.scheme());
    assertEquals(path, uri.path());
    assertFalse(uri.isRemote());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hdfs://h/m", "s3a://b/m", "https://h/m.zip", "hf:a/b", "djl://g/a"})
  void anotherSchemeIsRemote(String text) {
    assertTrue(ModelUri.parse(text).isRemote());
    assertNull(ModelUri.parse(text).pin());
  }

  @Test
  void thePinIsTakenOff() {
    ModelUri uri = ModelUri.parse("hf:a/b#sha256=" + "AB".repeat(32));
    assertEquals("hf:a/b", uri.location());
    assertEquals("ab".repeat(32), uri.pin());
    assertEquals("hf:a/b", uri.shown());
  }

  @Test
  void anotherFragmentIsRefused() {
    assertThrows(VectormillException.class, () -> ModelUri.parse("hf:a/b#sha256=12"));
    assertThrows(VectormillException.class, () -> ModelUri.parse("hf:a/b#main"));
  }

  @Test
  void aQueryIsNotShown() {
    ModelUri uri = ModelUri.parse("https://h/m.zip?signature=secret");
    assertEquals("https://h/m.zip", uri.shown());
    assertEquals("https://h/m.zip?signature=secret", uri.location());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://joe:secret@h/m.zip", "https://joe@h/m", "s3a://key:secret@b/m"})
  void credentialsAreRefusedAndNotRepeated(String text) {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> ModelUri.parse(text));
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
    assertFalse(failure.getMessage().contains("joe"), failure.getMessage());
  }

  @Test
  void aStoresContainerIsNoCredential() {
    String text = "abfs://models@account.dfs.core.windows.net/minilm";
    assertEquals(text, ModelUri.parse(text).shown());
  }
}
