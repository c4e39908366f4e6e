package org.vectormill.udfs.text;

import java.util.Arrays;
import org.vectormill.udfs.encode.Pooling;

/** Pooling of one row's token vectors, in double precision, from the first token to the last. */
final class TokenPooling {
  /**
   * One row of a network's output.
   *
   * @param values token vectors of a whole batch, row-major
   * @param offset where the row's first token begins
   * @param dimension of a token vector
   * @param mask attention of a whole batch: 1 for a token, 0 for padding, on whichever side
   * @param maskOffset where the row's mask begins
   * @param length of the padded row
   * @param skip how many tokens at the text's start aren't pooled; {@link Pooling#CLS} takes the
   *     first all the same
   */
  record Row(
      float[] values,
      int offset,
      int dimension,
      long[] mask,
      int maskOffset,
      int length,
      int skip) {}

  /** Writes the pooled vector to {@code out}; all zero where no token is left to pool. */
  static void pool(Pooling pooling, Row row, double[] out) {
    Arrays.fill(out, 0, row.dimension, 0);
    switch (pooling) {
      case CLS -> copy(row, first(row), out);
      case LAST -> copy(row, last(row), out);
      case MEAN -> mean(row, false, out);
      case WEIGHTED_MEAN -> mean(row, true, out);
      case MAX -> max(row, out);
      case NONE -> throw new IllegalArgumentException("a row of tokens needs a pooling");
    }
  }

  private static int first(Row row) {
    for (int t = 0; t < row.length; t++) {
      if (row.mask[row.maskOffset + t] != 0) {
        return t;
      }
    }
    return -1;
  }

  /** The last token, where it is not one of those to skip; else -1. */
  private static int last(Row row) {
    int tokens = 0;
    int last = -1;
    for (int t = 0; t < row.length; t++) {
      if (row.mask[row.maskOffset + t] != 0) {
        tokens++;
        last = t;
      }
    }
    return tokens > row.skip ? last : -1;
  }

  private static void copy(Row row, int token, double[] out) {
    int from = row.offset + token * row.dimension;
    for (int j = 0; token >= 0 && j < row.dimension; j++) {
      out[j] = row.values[from + j];
    }
  }

  /** Weighted by 1, or by the token's position 1..n in its text (Muennighoff, SGPT, 2022). */
  private static void mean(Row row, boolean weighted, double[] out) {
    int position = 0;
    double sum = 0;
    for (int t = 0; t < row.length; t++) {
      if (row.mask[row.maskOffset + t] == 0 || ++position <= row.skip) {
        continue;
      }
      double weight = weighted ? position : 1;
      sum += weight;
      int from = row.offset + t * row.dimension;
      for (int j = 0; j < row.dimension; j++) {
        out[j] += weight * row.values[from + j];
      }
    }
    for (int j = 0; sum > 0 && j < row.dimension; j++) {
      out[j] /= sum;
    }
  }

  private static void max(Row row, double[] out) {
    int position = 0;
    boolean any = false;
    for (int t = 0; t < row.length; t++) {
      if (row.mask[row.maskOffset + t] == 0 || ++position <= row.skip) {
        continue;
      }
      int from = row.offset + t * row.dimension;
      for (int j = 0; j < row.dimension; j++) {
        double value = row.values[from + j];
        out[j] = any ? Math.max(out[j], value) : value;
      }
      any = true;
    }
  }

  private TokenPooling() {}
}
