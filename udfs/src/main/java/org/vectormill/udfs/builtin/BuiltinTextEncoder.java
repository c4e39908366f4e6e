package org.vectormill.udfs.builtin;

import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.RowWorkers;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.RowFailure;
import org.vectormill.udfs.encode.TextEncoder;

/**
 * {@code builtin:text}: vectors of words and character n-grams by {@link TextFeatures}, with
 * nothing learned and nothing downloaded. The same on every machine, bit for bit. {@code tokens}
 * counts words.
 */
public final class BuiltinTextEncoder implements TextEncoder {
  /** Name and version; another arithmetic is another version. */
  public static final String DIGEST = "builtin:text/1";

  /** Length of a whole vector. */
  public static final int DIMENSION = TextFeatures.DIMENSION;

  /** Words of a text that count where nobody asks for another number. */
  public static final int DEFAULT_MAX_WORDS = 32_768;

  /**
   * How the encoder runs.
   *
   * @param prefix put before each text
   * @param maxWords words of a text that count, the prefix's included
   * @param normalise whether vectors are scaled to unit length
   * @param dimensions keep the first so many components; 0 for all {@link #DIMENSION}
   * @param threads that one call may use
   */
  public record Options(
      String prefix, int maxWords, boolean normalise, int dimensions, int threads) {
    public Options {
      require(dimensions >= 0 && dimensions <= DIMENSION, "dimensions", dimensions);
      require(maxWords >= 1, "max length", maxWords);
      require(threads >= 1, "threads", threads);
    }

    private static void require(boolean holds, String name, long value) {
      if (!holds) {
        throw VectormillException.usage(
            "builtin:text, "
                + name
                + ": "
                + value
                + " is out of range; dimensions are 0.."
                + (DIMENSION + ", max length and threads at least 1"));
      }
    }
  }

  private final Options options;
  private final RowWorkers workers;

  public BuiltinTextEncoder(Options options) {
    this.options = options;
    this.workers = new RowWorkers("builtin-text", options.threads());
  }

  @Override
  public int dimension() {
    return options.dimensions() == 0 ? DIMENSION : options.dimensions();
  }

  @Override
  public EncodedRows encode(String[] texts) {
    int n = texts.length;
    EncodedRows rows =
        new EncodedRows(
            dimension(),
            new float[Math.multiplyExact(n, dimension())],
            new int[n],
            new boolean[n],
            new RowFailure[n]);
    workers.run(
        n,
        (from, to) -> {
          TextFeatures features = new TextFeatures(options.maxWords());
          for (int row = from; row < to; row++) {
            double[] vector = features.of(options.prefix() + texts[row]);
            rows.tokens()[row] = features.words();
            rows.truncated()[row] = features.truncated();
            rows.failures()[row] = write(vector, rows.values(), row * dimension());
          }
        });
    return rows;
  }

  /** Writes one vector; returns why there is none, or null. */
  private RowFailure write(double[] vector, float[] values, int offset) {
    double sum = 0;
    for (int j = 0; j < dimension(); j++) {
      sum += vector[j] * vector[j];
    }
    if (sum == 0) {
      return new RowFailure(
          RejectReason.ZERO_VECTOR,
          "the text has no letter, digit or symbol that shows in the first "
              + dimension()
              + " components");
    }
    double factor = options.normalise() ? 1 / Math.sqrt(sum) : 1;
    for (int j = 0; j < dimension(); j++) {
      values[offset + j] = (float) (vector[j] * factor);
    }
    return null;
  }

  @Override
  public void close() {
    workers.close();
  }
}
