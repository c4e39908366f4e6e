package org.vectormill.udfs.tensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

class TensorFileTest {
  private static TensorFile file() {
    return new TensorFile()
        .fact("metric", "l2")
        .put("centroids", new float[] {1, -2.5f, 3, 4, 5, Float.MIN_VALUE}, 2, 3)
        .put("sizes", new long[] {7, Long.MAX_VALUE}, 2)
        .put("curve", new double[] {0.1}, 1);
  }

  @Test
  void readsBackWhatItWrote() {
    TensorFile read = TensorFile.read(file().write(), "f");
    assertEquals("l2", read.fact("metric"));
    assertArrayEquals(file().floats("centroids"), read.floats("centroids"));
    assertArrayEquals(new long[] {2, 3}, read.shape("centroids"));
    assertArrayEquals(new long[] {7, Long.MAX_VALUE}, read.longs("sizes"));
    assertArrayEquals(new double[] {0.1}, read.doubles("curve"));
    assertArrayEquals(file().write(), read.write());
  }

  @Test
  void holdsSeveralThingsOfAKind() {
    TensorFile whole = file();
    whole.under("other.").fact("metric", "ip").put("sizes", new long[] {1}, 1);
    TensorFile read = TensorFile.read(whole.write(), "f");
    assertEquals("l2", read.fact("metric"));
    assertEquals("ip", read.under("other.").fact("metric"));
    assertEquals("ip", read.under("ot").under("her.").fact("metric"));
    assertArrayEquals(new long[] {1}, read.under("other.").longs("sizes"));
    assertArrayEquals(new long[] {1}, read.longs("other.sizes"));
    VectormillException e =
        assertThrows(VectormillException.class, () -> read.under("other.").longs("curve"));
    assertTrue(e.getMessage().startsWith("no tensor other.curve in "), e.getMessage());
  }

  @Test
  void beginsItsDataAtAMultipleOfEightBytes() {
    byte[] bytes = file().write();
    assertEquals(0, bytes[0] % 8);
    assertEquals('{', bytes[8]);
  }

  @Test
  void refusesAnIncompleteFileAtEveryLength() {
    byte[] whole = file().write();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      VectormillException e =
          assertThrows(VectormillException.class, () -> TensorFile.read(cut, "cut"));
      assertEquals(Fault.INPUT, e.fault());
      assertTrue(e.getMessage().startsWith("cut is not a safetensors file: "), e.getMessage());
    }
  }

  @Test
  void refusesOrReadsDamagedFilesAndFailsInNoOtherWay() {
    Random random = new Random(5);
    byte[] whole = file().write();
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        TensorFile.read(damaged, "damaged");
      } catch (VectormillException e) {
        assertEquals(Fault.INPUT, e.fault());
      }
    }
  }

  @Test
  void refusesShapesThatAreNotThoseOfTheBytes() {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}";
    byte[] bytes = new byte[8 + header.length() + 8];
    bytes[0] = (byte) header.length();
    System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header.length());
    assertThrows(VectormillException.class, () -> TensorFile.read(bytes, "f"));
  }

  @Test
  void namesWhatIsMissingOrOfAnotherType() {
    assertThrows(VectormillException.class, () -> file().floats("radii"));
    assertThrows(VectormillException.class, () -> file().floats("sizes"));
  }
}
