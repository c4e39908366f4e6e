package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

final class NpyFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"f4,0", "f8,0", "v2,0", "v3,0", "f2,0.001"})
  void readsWhatNumPyWrote(String name, double relative) throws IOException {
    FileTensor tensor = NpyFile.open(TextGoldens.folder(name + ".npy"));
    assertArrayEquals(new long[] {23, 6}, tensor.shape());
    float[] values = tensor.floats();
    int i = 0;
    for (JsonNode row : TextGoldens.json("plain.json")) {
      for (double expected : TextGoldens.numbers(row)) {
        assertEquals(expected, values[i++], Math.abs(expected) * relative);
      }
    }
    assertEquals(values.length, i);
  }

  @Test
  void refusesOtherOrdersOfBytesAndNumbers() {
    requireRefused(TextGoldens.folder("fortran.npy"), "Fortran order");
    requireRefused(TextGoldens.folder("big-endian.npy"), "its numbers are >f4");
  }

  @Test
  void refusesFilesThatContradictThemselves() throws IOException {
    byte[] good = Files.readAllBytes(TextGoldens.folder("f4.npy"));
    requireRefused(write(Arrays.copyOf(good, good.length - 4)), "needs 552 bytes, it has 548");
    requireRefused(write(Arrays.copyOf(good, 9)), "ends within its header");
    requireRefused(write(Arrays.copyOf(good, 40)), "no readable");
    requireRefused(write(new byte[0]), "does not begin as one");
    byte[] version = good.clone();
    version[6] = 9;
    requireRefused(write(version), "version 9");
    byte[] long2 = Files.readAllBytes(TextGoldens.folder("v2.npy"));
    Arrays.fill(long2, 8, 12, (byte) 0x7f);
    requireRefused(write(long2), "its header has");
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  private static void requireRefused(Path file, String why) {
    VectormillException e = assertThrows(VectormillException.class, () -> NpyFile.open(file));
    assertEquals(Fault.ENCODER, e.fault());
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
