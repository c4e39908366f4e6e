package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vectormill.udfs.engine.NetworkGoldens.assertGolden;
import static org.vectormill.udfs.engine.NetworkGoldens.network;
import static org.vectormill.udfs.engine.NetworkGoldens.pixels;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.Precision;

final class TorchScriptNetworkTest {
  private static TorchScriptNetwork load(String name, String output, Precision precision) {
    return TorchScriptNetwork.load(network(name), output, precision, Device.cpu(), 1);
  }

  private static TorchScriptNetwork load(String name, String output) {
    return load(name, output, Precision.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({"single.pt,0", "pair.pt,0", "pair.pt,1", "named.pt,pooled", "named.pt,features"})
  void outputsAreTakenByIndexOrName(String name, String output) {
    try (TorchScriptNetwork network = load(name, output)) {
      assertEquals(List.of("pixels"), network.inputs());
      assertGolden(name, output, network.run(List.of(pixels(3))), 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"single.pt,0", "pair.pt,0"})
  void theFirstIsTakenWhereNoneIsNamed(String name, String output) {
    try (TorchScriptNetwork network = load(name, null)) {
      assertGolden(name, output, network.run(List.of(pixels(3))), 1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "single.pt,1,single tensor",
    "pair.pt,2,2 items",
    "named.pt,pool,'[features, pooled]'",
    "named.pt,,--output-tensor is needed"
  })
  void anOutputThatIsNotThereIsRefused(String name, String output, String says) {
    try (TorchScriptNetwork network = load(name, output)) {
      VectormillException failure =
          assertThrows(VectormillException.class, () -> network.run(List.of(pixels(1))));
      assertEquals(Fault.USAGE, failure.fault());
      assertTrue(failure.getMessage().contains(says), failure.getMessage());
    }
  }

  @Test
  void inputNamesComeFromTheModulesCode() {
    try (TorchScriptNetwork network = load("tokens.pt", null)) {
      assertEquals(List.of("input_ids", "attention_mask"), network.inputs());
      assertGolden("tokens.pt", "0", network.run(NetworkGoldens.tokens()), 1e-6);
    }
  }

  @Test
  void aModuleOfHalfPrecisionRunsInIt() {
    try (TorchScriptNetwork network = load("half.pt", null, Precision.FLOAT16)) {
      assertGolden("half.pt", "0", network.run(List.of(pixels(3))), 2e-3);
    }
  }

  @Test
  void aTextModuleOfBfloat16RunsInIt() {
    try (TorchScriptNetwork network = load("brain-tokens.pt", null, Precision.BFLOAT16)) {
      assertGolden("brain-tokens.pt", "0", network.run(NetworkGoldens.tokens()), 1e-6);
    }
  }

  @Test
  void anImageModuleOfBfloat16IsRefused() {
    try (TorchScriptNetwork network = load("brain.pt", null, Precision.BFLOAT16)) {
      VectormillException failure =
          assertThrows(VectormillException.class, () -> network.run(List.of(pixels(3))));
      assertEquals(Fault.USAGE, failure.fault());
      assertTrue(failure.getMessage().contains("bfloat16"));
    }
  }

  @Test
  void anotherPrecisionThanTheModulesIsRefused() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> load("single.pt", null, Precision.FLOAT16));
    assertEquals(Fault.USAGE, failure.fault());
    assertTrue(failure.getMessage().contains("float32"), failure.getMessage());
  }

  @Test
  void anotherFileIsRefused() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> load("conv.onnx", null));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains("conv.onnx is not a TorchScript file"));
  }
}
