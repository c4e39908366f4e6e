package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.EngineException;
import org.junit.jupiter.api.Test;

final class EnginesTest {
  @Test
  void theReasonNamesTheFirstCause() {
    Throwable missing = new UnsatisfiedLinkError("libcuda.so.1: no such file");
    assertEquals(
        "Failed to load native library: libcuda.so.1: no such file",
        Engines.reason(new EngineException("Failed to load native library", missing)));
  }

  @Test
  void aReasonWithoutACauseIsItsMessage() {
    assertEquals("no engine", Engines.reason(new IllegalArgumentException("no engine")));
  }
}
