package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

class TfIdfModelTest {
  private static final TfIdfModel MODEL =
      new TfIdfModel(7, 2000, List.of("öl", "42nd"), List.of(TfIdfModel.idf(7, 3), 1.5));

  @TempDir private Path folder;

  @Test
  void readsBackWhatItWrote() throws Exception {
    Files.write(folder.resolve(TfIdfModel.FILE), MODEL.write());
    assertEquals(MODEL, TfIdfModel.read(folder));
    assertEquals(MODEL, TfIdfModel.read(MODEL.write(), "model"));
    assertArrayEquals(MODEL.write(), TfIdfModel.read(folder).write());
  }

  @Test
  void weighsATermOfEveryTextByOne() {
    assertEquals(1, TfIdfModel.idf(10, 10));
    assertEquals(Math.log(11.0 / 2) + 1, TfIdfModel.idf(10, 1), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "{}",
        "{\"kind\": \"tfidf\", \"version\": 2, \"terms\": [\"a\"], \"idf\": [1.0]}",
        "{\"kind\": \"tfidf\", \"version\": 1, \"terms\": [], \"idf\": []}",
        "{\"kind\": \"tfidf\", \"version\": 1, \"terms\": [\"aa\", \"bb\"], \"idf\": [1.0]}",
        "{\"kind\": \"tfidf\", \"version\": 1, \"terms\": [\"aa\", \"aa\"], \"idf\": [1.0, 1.0]}",
        "{\"kind\": \"tfidf\", \"version\": 1, \"terms\": [\"aa\"], \"idf\": [\"x\"]}"
      })
  void refusesWhatIsNoVocabularyByName(String json) {
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () -> TfIdfModel.read(json.getBytes(StandardCharsets.UTF_8), "out/tfidf.json"));
    assertEquals(Fault.ENCODER, e.fault());
    assertTrue(e.getMessage().contains("out/tfidf.json"), e.getMessage());
  }
}
