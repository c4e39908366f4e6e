package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

final class SafetensorsTest {
  @TempDir private Path folder;

  private Path write(long claimed, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(claimed < 0 ? json.length : claimed).put(json);
    for (int i = 0; i < dataBytes / 4; i++) {
      file.putFloat(i);
    }
    return Files.write(folder.resolve("model.safetensors"), file.array());
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return "\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(dtype, shape, offsets);
  }

  private void requireRefused(String why, String header) throws IOException {
    Path file = write(-1, header, 24);
    VectormillException e = assertThrows(VectormillException.class, () -> Safetensors.open(file));
    assertEquals(Fault.ENCODER, e.fault());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void readsATensor() throws IOException {
    String header = "{\"__metadata__\":{\"a\":\"b\"}," + tensor("F32", "[2,3]", "[0,24]") + "}  ";
    FileTensor tensor = Safetensors.open(write(-1, header, 24)).find("t").orElseThrow();
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, tensor.floats());
    assertArrayEquals(new long[] {2, 3}, tensor.shape());
    assertThrows(VectormillException.class, tensor::ints);
    assertThrows(VectormillException.class, () -> tensor.requireRank(1));
  }

  @Test
  void leavesTypesThatNobodyAsksFor() throws IOException {
    String header = "{" + tensor("F8_E4M3", "[24]", "[0,24]") + "}";
    assertTrue(Safetensors.open(write(-1, header, 24)).find("t").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"0", "1000", "9223372036854775807", "-9223372036854775808"})
  void refusesAHeaderThatTheFileDoesNotHold(long claimed) throws IOException {
    String header = "{" + tensor("F32", "[2,3]", "[0,24]") + "}";
    Path file = write(claimed == Long.MIN_VALUE ? 1L << 40 : claimed, header, 24);
    assertThrows(VectormillException.class, () -> Safetensors.open(file));
  }

  @Test
  void refusesFilesThatAreTooShort() throws IOException {
    Path file = Files.write(folder.resolve("model.safetensors"), new byte[] {1, 0, 0});
    assertThrows(VectormillException.class, () -> Safetensors.open(file));
  }

  @Test
  void refusesOffsetsOutsideOfTheFile() throws IOException {
    requireRefused("lie outside", "{" + tensor("F32", "[2,3]", "[8,32]") + "}");
    requireRefused("lie outside", "{" + tensor("F32", "[2,3]", "[-24,0]") + "}");
    requireRefused("lie outside", "{" + tensor("F32", "[2,3]", "[24,0]") + "}");
    requireRefused("two whole numbers", "{" + tensor("F32", "[2,3]", "[0,1e99]") + "}");
    requireRefused("two whole numbers", "{" + tensor("F32", "[2,3]", "[0]") + "}");
  }

  @Test
  void refusesShapesThatDoNotFitTheBytes() throws IOException {
    requireRefused("needs 20 bytes, has 24", "{" + tensor("F32", "[5]", "[0,24]") + "}");
    requireRefused("not one that can be read", "{" + tensor("F32", "[-6]", "[0,24]") + "}");
    requireRefused(
        "not one that can be read", "{" + tensor("F32", "[4294967296,4294967296]", "[0,24]") + "}");
    requireRefused("must be a list", "{" + tensor("F32", "6", "[0,24]") + "}");
    requireRefused("whole numbers", "{" + tensor("F32", "[\"6\"]", "[0,24]") + "}");
  }

  @Test
  void refusesTensorsThatOverlap() throws IOException {
    String other = tensor("F32", "[4]", "[8,24]").replace("\"t\"", "\"u\"");
    requireRefused("overlap", "{" + tensor("F32", "[3]", "[0,12]") + "," + other + "}");
  }

  @Test
  void refusesHeadersThatAreNoObjectOrNameATensorTwice() throws IOException {
    requireRefused("not a JSON object", "[]");
    requireRefused("can't be read", "{nonsense");
    String one = tensor("F32", "[3]", "[0,12]");
    requireRefused("Duplicate", "{" + one + "," + one + "}");
  }
}
