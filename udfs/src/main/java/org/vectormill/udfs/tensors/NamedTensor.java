package org.vectormill.udfs.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One array of a {@link TensorFile}.
 *
 * @param type {@code F32}, {@code F64}, {@code I32} or {@code I64}
 * @param shape lengths of the axes, the last one contiguous
 * @param bytes little-endian values; nobody changes them
 */
record NamedTensor(String type, long[] shape, byte[] bytes) {
  static NamedTensor of(float[] values, long... shape) {
    ByteBuffer bytes = little(new byte[Math.multiplyExact(values.length, Float.BYTES)]);
    bytes.asFloatBuffer().put(values);
    return new NamedTensor("F32", shape, bytes.array());
  }

  static NamedTensor of(long[] values, long... shape) {
    ByteBuffer bytes = little(new byte[Math.multiplyExact(values.length, Long.BYTES)]);
    bytes.asLongBuffer().put(values);
    return new NamedTensor("I64", shape, bytes.array());
  }

  static NamedTensor of(double[] values, long... shape) {
    ByteBuffer bytes = little(new byte[Math.multiplyExact(values.length, Double.BYTES)]);
    bytes.asDoubleBuffer().put(values);
    return new NamedTensor("F64", shape, bytes.array());
  }

  float[] floats() {
    float[] values = new float[bytes.length / Float.BYTES];
    little(bytes).asFloatBuffer().get(values);
    return values;
  }

  long[] longs() {
    long[] values = new long[bytes.length / Long.BYTES];
    little(bytes).asLongBuffer().get(values);
    return values;
  }

  double[] doubles() {
    double[] values = new double[bytes.length / Double.BYTES];
    little(bytes).asDoubleBuffer().get(values);
    return values;
  }

  /** Bytes of one value; 0 for a type that is not read here. */
  static int width(String type) {
    return switch (type) {
      case "F32", "I32" -> 4;
      case "F64", "I64" -> 8;
      default -> 0;
    };
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
