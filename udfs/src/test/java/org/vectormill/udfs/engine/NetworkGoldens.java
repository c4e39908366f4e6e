package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The tiny networks of src/test/python/make_networks.py, and what Python's engines make of them.
 */
public final class NetworkGoldens {
  static final long[] THREE = {3, 3, 4, 4};

  public static Path network(String name) {
    try {
      return Path.of(NetworkGoldens.class.getResource("/networks/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The input that the goldens were made with, {@code rows} images of 3 x 4 x 4. */
  static Tensor pixels(int rows) {
    float[] values = new float[rows * 48];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) ((k * 37 % 101) / 101.0 - 0.3);
    }
    return new Tensor("pixels", new long[] {rows, 3, 4, 4}, FloatBuffer.wrap(values));
  }

  static List<Tensor> tokens() {
    long[] shape = {2, 3};
    LongBuffer ids = LongBuffer.wrap(new long[] {1, 2, 3, 4, 5, 0});
    LongBuffer mask = LongBuffer.wrap(new long[] {1, 1, 1, 1, 1, 0});
    return List.of(new Tensor("input_ids", shape, ids), new Tensor("attention_mask", shape, mask));
  }

  static void assertGolden(String network, String output, NetworkOutput got, double tolerance) {
    NetworkOutput expected = golden(network, output);
    assertArrayEquals(expected.shape(), got.shape());
    assertArrayEquals(expected.values(), got.values(), (float) tolerance);
  }

  static NetworkOutput golden(String network, String output) {
    try {
      for (String line : Files.readAllLines(network("goldens.tsv"))) {
        String[] fields = line.split("\t", -1);
        if (fields[0].equals(network) && fields[1].equals(output)) {
          return new NetworkOutput(shape(fields[2]), values(fields[3]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("no golden for " + network + " " + output);
  }

  private static long[] shape(String text) {
    return Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static float[] values(String text) {
    String[] parts = text.split(",", -1);
    float[] values = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = Float.parseFloat(parts[i]);
    }
    return values;
  }

  private NetworkGoldens() {}
}
