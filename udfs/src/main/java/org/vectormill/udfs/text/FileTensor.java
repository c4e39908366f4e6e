package org.vectormill.udfs.text;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * A row-major tensor within a file; whoever makes one has checked that its bytes lie in the file,
 * so that arrays are no larger than what is there.
 *
 * @param name for messages
 * @param position of its first byte
 */
record FileTensor(Path file, String name, ElementType type, long[] shape, long position) {
  private static final int CHUNK_BYTES = 1 << 20;

  /** Takes the i-th number. */
  @FunctionalInterface
  private interface Sink {
    void put(int i, double value);
  }

  /**
   * Product of a shape's sizes.
   *
   * @throws VectormillException ({@code ENCODER}) for a negative size or more than an array holds
   */
  static int count(String tensor, long[] shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || (size > 0 && count > (Integer.MAX_VALUE - 8) / size)) {
        throw VectormillException.encoder(
            tensor
                + ": shape "
                + Arrays.toString(shape)
                + " is not one that can be read; at most 2^31 - 9 numbers");
      }
      count *= size;
    }
    return (int) count;
  }

  int count() {
    return count(name, shape);
  }

  /** Refuses another number of dimensions. */
  FileTensor requireRank(int rank) {
    if (shape.length != rank) {
      throw VectormillException.encoder(
          describe() + ": expected " + rank + " dimensions, got " + Arrays.toString(shape));
    }
    return this;
  }

  /** All numbers; 64-bit ones are rounded. */
  float[] floats() throws IOException {
    float[] values = new float[count()];
    read((i, value) -> values[i] = (float) value);
    return values;
  }

  /** All numbers, exactly but for whole ones beyond 2^53. */
  double[] doubles() throws IOException {
    double[] values = new double[count()];
    read((i, value) -> values[i] = value);
    return values;
  }

  /**
   * All numbers of a tensor of whole ones.
   *
   * @throws VectormillException ({@code ENCODER}) for other types, or numbers out of int's range
   */
  int[] ints() throws IOException {
    if (!type.whole()) {
      throw VectormillException.encoder(describe() + ": expected I32 or I64, got " + type);
    }
    int[] values = new int[count()];
    read(
        (i, value) -> {
          values[i] = (int) value;
          if (values[i] != value) {
            throw VectormillException.encoder(
                describe() + ": number " + i + ", " + value + ", is out of range");
          }
        });
    return values;
  }

  private void read(Sink sink) throws IOException {
    int count = count();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      channel.position(position);
      for (int i = 0; i < count; ) {
        int some = Math.min(count - i, CHUNK_BYTES / type.bytes());
        fill(channel, buffer.clear().limit(some * type.bytes()));
        for (int end = i + some; i < end; i++) {
          sink.put(i, type.next(buffer));
        }
      }
    }
  }

  private void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(describe() + ": the file ends before the tensor does");
      }
    }
    buffer.flip();
  }

  private String describe() {
    return file + ", tensor " + name;
  }

  /** What to throw where a model's file can't be read. */
  static VectormillException unreadable(Path file, IOException e) {
    return new VectormillException(Fault.ENCODER, file + ": can't be read: " + e.getMessage(), e);
  }
}
