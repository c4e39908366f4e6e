package org.vectormill.udfs.engine;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Data of a {@link Tensor} in the type that a network declares. Views where nothing changes. */
final class Buffers {
  static FloatBuffer floats(Tensor tensor) {
    if (tensor.data() instanceof FloatBuffer floats) {
      return fromStart(floats.duplicate());
    }
    throw mismatch(tensor, "float32");
  }

  static ByteBuffer bytes(Tensor tensor) {
    if (tensor.data() instanceof ByteBuffer bytes) {
      return fromStart(bytes.duplicate());
    }
    throw mismatch(tensor, "uint8");
  }

  static LongBuffer longs(Tensor tensor) {
    if (tensor.data() instanceof LongBuffer longs) {
      return fromStart(longs.duplicate());
    }
    throw mismatch(tensor, "int64");
  }

  static IntBuffer ints(Tensor tensor) {
    LongBuffer longs = longs(tensor);
    int[] narrow = new int[longs.remaining()];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = Math.toIntExact(longs.get(i));
    }
    return IntBuffer.wrap(narrow);
  }

  /** Bytes of half-precision floats, in the machine's order. */
  static ByteBuffer halves(Tensor tensor) {
    FloatBuffer floats = floats(tensor);
    ByteBuffer halves =
        ByteBuffer.allocateDirect(2 * floats.remaining()).order(ByteOrder.nativeOrder());
    while (floats.hasRemaining()) {
      halves.putShort(HalfFloat.of(floats.get()));
    }
    return halves.flip();
  }

  private static <B extends Buffer> B fromStart(B buffer) {
    buffer.rewind();
    return buffer;
  }

  private static IllegalArgumentException mismatch(Tensor tensor, String declared) {
    return new IllegalArgumentException(
        "input "
            + tensor.name()
            + ": the network declares "
            + declared
            + ", given is "
            + tensor.data().getClass().getSimpleName());
  }

  private Buffers() {}
}
