package org.vectormill.udfs.vision;

import java.util.Arrays;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.engine.NetworkOutput;

/**
 * Turns a row of a network's output into one vector: {@code [b,d]} as it is, {@code [b,n,c]} over
 * its n positions, {@code [b,c,h,w]} over its h x w positions ({@code [b,h,w,c]} where channels
 * come last).
 *
 * @param gemPower p of {@link SpatialPooling#GEM}
 * @param channelsLast layout of a four-dimensional output
 */
record SpatialPool(SpatialPooling pooling, double gemPower, boolean channelsLast) {
  /** Values below are raised to this before the power, as the authors of GeM do. */
  private static final double GEM_FLOOR = 1e-6;

  /** How a row lies in memory: value (position i, channel j) at {@code i * step + j * stride}. */
  private record Rows(int channels, int positions, int step, int stride) {}

  /**
   * Length of each row's vector.
   *
   * @throws VectormillException ({@code USAGE}) for a shape that this pooling can't take, naming
   *     both
   */
  int dimension(long[] shape) {
    return rows(shape).channels();
  }

  /** Writes row {@code row}'s vector, of {@link #dimension} values. */
  void pool(NetworkOutput output, int row, double[] vector) {
    Rows rows = rows(output.shape());
    int start = row * rows.channels() * rows.positions();
    for (int c = 0; c < rows.channels(); c++) {
      vector[c] = channel(output.values(), start + c * rows.stride(), rows);
    }
  }

  private double channel(float[] values, int first, Rows rows) {
    double sum = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rows.positions(); i++) {
      double value = values[first + i * rows.step()];
      switch (pooling) {
        case NONE, CLS -> {
          return value;
        }
        case MEAN -> sum += value;
        case MAX -> most = Math.max(most, value);
        case GEM ->
            sum += Double.isNaN(value) ? value : Math.pow(Math.max(value, GEM_FLOOR), gemPower);
      }
    }
    return switch (pooling) {
      case MAX -> most;
      case GEM -> Math.pow(sum / rows.positions(), 1 / gemPower);
      case MEAN, NONE, CLS -> sum / rows.positions();
    };
  }

  private Rows rows(long[] shape) {
    if (shape.length < 2 || shape.length > 4) {
      throw cannot(shape, "an output of [batch, d], [batch, n, c] or [batch, c, h, w]");
    }
    long inner = Arrays.stream(shape).skip(2).reduce(1, (a, b) -> a * b);
    return switch (pooling) {
      case NONE -> flat(shape);
      case CLS -> {
        if (shape.length != 3) {
          throw cannot(shape, "a sequence [batch, n, c]");
        }
        yield last((int) shape[2], (int) shape[1]);
      }
      case MEAN, MAX, GEM -> {
        if (shape.length == 2) {
          throw cannot(shape, "positions to pool over; this output has none: use none");
        }
        if (shape.length == 3) {
          yield last((int) shape[2], (int) shape[1]);
        }
        yield channelsLast
            ? last((int) shape[3], (int) (shape[1] * shape[2]))
            : new Rows((int) shape[1], (int) inner, 1, (int) inner);
      }
    };
  }

  private static Rows last(int channels, int positions) {
    return new Rows(channels, positions, channels, 1);
  }

  /** One vector a row already: all but one of a row's dimensions are 1. */
  private Rows flat(long[] shape) {
    long size = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
    long longest = Arrays.stream(shape).skip(1).max().orElse(0);
    if (size != longest) {
      throw cannot(shape, "one vector a row; pool over positions with mean, max or gem, or cls");
    }
    return new Rows((int) size, 1, 1, 1);
  }

  private VectormillException cannot(long[] shape, String needs) {
    return VectormillException.usage(
        "--spatial-pooling "
            + pooling.name().toLowerCase(java.util.Locale.ROOT)
            + " needs "
            + needs
            + "; the network's output is "
            + Arrays.toString(shape));
  }
}
