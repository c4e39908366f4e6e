package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

class FeaturesTest {
  @Test
  void readsWhatTheOptionNames() {
    assertEquals(new Features.TfIdf(Optional.empty()), Features.of("tfidf"));
    assertEquals(new Features.TfIdf(Optional.of(500)), Features.of("tfidf:500"));
    assertEquals(
        new Features.Pixels("builtin:pixels:28x28:grey"), Features.of("pixels:28x28:grey"));
    assertEquals(new Features.Pixels("builtin:pixels:32x16:rgb"), Features.of("pixels:32x16:rgb"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "minilm",
        "tfidf:",
        "tfidf:0",
        "tfidf:20001",
        "tfidf:-1",
        "pixels",
        "pixels:28x28",
        "pixels:0x28:grey",
        "builtin:pixels:28x28:grey"
      })
  void refusesEverythingElseByValue(String text) {
    VectormillException e = assertThrows(VectormillException.class, () -> Features.of(text));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().contains("--features"), e.getMessage());
  }
}
