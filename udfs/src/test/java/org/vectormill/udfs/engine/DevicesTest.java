package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;

final class DevicesTest {
  private static Device choose(String option, String address, String mask, int gpus) {
    return Devices.choose(EngineKind.ONNX, new Devices.Wish(option, address, mask), () -> gpus);
  }

  private static String failure(String option, String address, String mask, int gpus) {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> choose(option, address, mask, gpus));
    assertEquals(Fault.ENCODER, failure.fault());
    return failure.getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "cpu,,,4,-1",
    "cpu,2,,4,-1",
    "auto,,,0,-1",
    "auto,,,4,0",
    "gpu,,,1,0",
    "gpu:2,,,4,2",
    "gpu:2,1,,4,2",
    "gpu,3,,4,3",
    "auto,3,,4,3",
    "gpu,3,'2,3',2,1",
    "auto,GPU-b,'GPU-a, GPU-b',2,1",
    "gpu:1,7,'6,7',2,1"
  })
  void explicitChoiceThenSparksAddressThenTheFirst(
      String option, String address, String mask, int gpus, int index) {
    Device expected = index < 0 ? Device.cpu() : Device.gpu(index);
    assertEquals(expected, choose(option, address, mask, gpus));
  }

  @Test
  void aGpuThatIsNotThereIsNeverTheCpu() {
    assertTrue(failure("gpu", null, null, 0).contains("onnxruntime_gpu"));
    assertTrue(failure("gpu:4", null, null, 4).contains("needed number 4"));
    assertTrue(failure("auto", "0", null, 0).contains("Spark's GPU address 0"));
  }

  @Test
  void anAddressOutsideOfTheMaskIsNotGuessed() {
    String message = failure("auto", "0", "2,3", 2);
    assertTrue(message.contains("CUDA_VISIBLE_DEVICES 2,3"), message);
    assertTrue(failure("auto", "GPU-a", null, 2).contains("not set"));
  }
}
