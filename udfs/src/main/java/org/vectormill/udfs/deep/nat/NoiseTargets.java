package org.vectormill.udfs.deep.nat;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Points on the unit sphere that a worker's rows are drawn to, and which row has which. No two rows
 * have the same.
 *
 * @param length of a point
 * @param points row-major, as many as there are rows
 * @param of the number of each row's point: a permutation
 */
record NoiseTargets(int length, float[] points, int[] of) {
  /** Points that are uniform on the sphere: normal deviates, scaled to unit length. */
  static NoiseTargets drawn(int rows, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] points = new float[Math.multiplyExact(rows, length)];
    double[] point = new double[length];
    for (int i = 0; i < rows; i++) {
      double square = 0;
      for (int j = 0; j < length; j++) {
        point[j] = random.nextGaussian();
        square += point[j] * point[j];
      }
      double norm = Math.sqrt(Math.max(square, Double.MIN_NORMAL));
      for (int j = 0; j < length; j++) {
        points[i * length + j] = (float) (point[j] / norm);
      }
    }
    return new NoiseTargets(length, points, IntStream.range(0, rows).toArray());
  }

  /** The same points, given to rows as a note says. */
  NoiseTargets given(byte[] note) {
    int[] numbers = new int[of.length];
    ByteBuffer.wrap(note).asIntBuffer().get(numbers);
    return new NoiseTargets(length, points, numbers);
  }

  /** Which row has which point. */
  byte[] note() {
    ByteBuffer note = ByteBuffer.allocate(noteLength());
    note.asIntBuffer().put(of);
    return note.array();
  }

  int noteLength() {
    return Math.multiplyExact(of.length, Integer.BYTES);
  }

  /** The points of some rows, row-major. */
  float[] gather(int[] rows) {
    float[] gathered = new float[rows.length * length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(points, of[rows[i]] * length, gathered, i * length, length);
    }
    return gathered;
  }
}
