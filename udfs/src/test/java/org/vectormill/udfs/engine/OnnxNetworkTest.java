package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vectormill.udfs.engine.NetworkGoldens.assertGolden;
import static org.vectormill.udfs.engine.NetworkGoldens.network;
import static org.vectormill.udfs.engine.NetworkGoldens.pixels;

import ai.djl.Device;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

final class OnnxNetworkTest {
  private static OnnxNetwork load(String name, String output) {
    return OnnxNetwork.load(network(name), output, Device.cpu(), 1, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scores", "pooled", "active"})
  void anyNamedTensorMayBeTheOutput(String output) {
    try (OnnxNetwork network = load("conv.onnx", output)) {
      assertGolden("conv", output, network.run(List.of(pixels(3))), 1e-5);
    }
  }

  @Test
  void theFirstOutputIsTakenWhereNoneIsNamed() {
    try (OnnxNetwork network = load("conv.onnx", null)) {
      assertEquals(List.of("pixels"), network.inputs());
      assertEquals(0, network.fixedBatch());
      assertGolden("conv", "scores", network.run(List.of(pixels(3))), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scores", "active"})
  void tensorDataBesideTheFileIsFound(String output) {
    try (OnnxNetwork network = load("external/model.onnx", output)) {
      assertGolden("conv", output, network.run(List.of(pixels(3))), 1e-5);
    }
  }

  @Test
  void anUnknownTensorIsRefusedWithNearNames() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> load("conv.onnx", "pool"));
    assertEquals(Fault.USAGE, failure.fault());
    assertEquals(
        "--output-tensor pool is no tensor of this network; its outputs are [scores]; near names:"
            + " [pooled]",
        failure.getMessage());
  }

  @Test
  void idsAreNarrowedWhereTheFileDeclaresInt32() {
    try (OnnxNetwork network = load("tokens.onnx", null)) {
      assertEquals(List.of("input_ids", "attention_mask"), network.inputs());
      assertGolden("tokens", "last_hidden_state", network.run(NetworkGoldens.tokens()), 1e-6);
    }
  }

  @Test
  void halfPrecisionIsFedAndRead() {
    try (OnnxNetwork network = load("half.onnx", null)) {
      assertGolden("half", "scores", network.run(List.of(pixels(3))), 2e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"half", "brain", "double", "signed", "unsigned", "whole", "long"})
  void everyNumericOutputBecomesFloats(String output) {
    try (OnnxNetwork network = load("casts.onnx", output)) {
      assertGolden("casts", output, network.run(List.of(pixels(1))), 1e-4);
    }
  }

  @Test
  void truthValuesAreNoVectors() {
    try (OnnxNetwork network = load("casts.onnx", "truth")) {
      VectormillException failure =
          assertThrows(VectormillException.class, () -> network.run(List.of(pixels(1))));
      assertEquals(Fault.USAGE, failure.fault());
    }
  }

  @Test
  void bytesAreFedAsTheyAre() {
    byte[] values = new byte[48];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i % 3 == 0 ? 255 : i % 3);
    }
    Tensor input = new Tensor("pixels", new long[] {1, 4, 4, 3}, ByteBuffer.wrap(values));
    try (OnnxNetwork network = load("uint8.onnx", null)) {
      float[] mean = network.run(List.of(input)).values();
      assertEquals(List.of(255f, 1f, 2f), List.of(mean[0], mean[1], mean[2]));
    }
  }

  @Test
  void aFixedBatchIsTold() {
    try (OnnxNetwork network = load("fixed.onnx", null)) {
      assertEquals(2, network.fixedBatch());
      assertThrows(RuntimeException.class, () -> network.run(List.of(pixels(3))));
    }
  }

  @Test
  void threadsShareOneNetwork() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (OnnxNetwork network = load("conv.onnx", null)) {
      Callable<NetworkOutput> call = () -> network.run(List.of(pixels(3)));
      List<Future<NetworkOutput>> outputs = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        outputs.add(threads.submit(call));
      }
      for (Future<NetworkOutput> output : outputs) {
        assertGolden("conv", "scores", output.get(), 1e-5);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClosedNetworkSaysSo() {
    OnnxNetwork network = load("conv.onnx", null);
    network.close();
    network.close();
    assertThrows(IllegalStateException.class, () -> network.run(List.of(pixels(1))));
  }

  @Test
  void aFileThatIsNotOnnxIsRefused() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> load("goldens.tsv", null));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains("goldens.tsv is not a whole ONNX file"));
  }

  @Test
  void anOperatorWithoutAKernelIsRefusedWithARemedy() {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> load("signed.onnx", null));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains("ConvInteger"), failure::getMessage);
    assertTrue(failure.getMessage().contains("weight_type=QuantType.QUInt8"), failure::getMessage);
  }
}
