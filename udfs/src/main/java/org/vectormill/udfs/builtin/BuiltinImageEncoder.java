package org.vectormill.udfs.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.RowFailure;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Images;

/**
 * {@code builtin:image}: vectors of colour, layout and edges by {@link ImageFeatures}, with nothing
 * learned and nothing downloaded. The same on every machine, bit for bit.
 */
public final class BuiltinImageEncoder implements ImageEncoder {
  /** Name and version; another arithmetic is another version. */
  public static final String DIGEST = "builtin:image/1";

  /**
   * How the encoder runs.
   *
   * @param normalise whether vectors are scaled to unit length
   * @param dimensions keep the first so many components; 0 for all {@link ImageFeatures#DIMENSION}
   * @param maxPixels images with more are rejected before they are decoded
   * @param threads that one call may use
   */
  public record Options(boolean normalise, int dimensions, long maxPixels, int threads) {
    public Options {
      require(dimensions >= 0 && dimensions <= ImageFeatures.DIMENSION, "dimensions", dimensions);
      require(maxPixels >= 1, "max pixels", maxPixels);
      require(threads >= 1, "threads", threads);
    }

    private static void require(boolean holds, String name, long value) {
      if (!holds) {
        throw VectormillException.usage(
            "builtin:image, "
                + name
                + ": "
                + value
                + " is out of range; dimensions are 0.."
                + (ImageFeatures.DIMENSION + ", max pixels and threads at least 1"));
      }
    }
  }

  private final Options options;
  private final ExecutorService workers;

  public BuiltinImageEncoder(Options options) {
    this.options = options;
    this.workers =
        options.threads() == 1
            ? null
            : Executors.newFixedThreadPool(options.threads(), BuiltinImageEncoder::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "builtin-image");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public int dimension() {
    return options.dimensions() == 0 ? ImageFeatures.DIMENSION : options.dimensions();
  }

  @Override
  public EncodedRows encode(byte[][] images) {
    int n = images.length;
    float[] values = new float[n * dimension()];
    RowFailure[] failures = new RowFailure[n];
    if (workers == null) {
      for (int i = 0; i < n; i++) {
        failures[i] = row(images[i], values, i * dimension());
      }
    } else {
      inParallel(images, values, failures);
    }
    return new EncodedRows(dimension(), values, null, new boolean[n], failures);
  }

  /** Each worker takes the next row that nobody has; rows don't depend on each other. */
  private void inParallel(byte[][] images, float[] values, RowFailure[] failures) {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < Math.min(options.threads(), images.length); t++) {
      running.add(
          workers.submit(
              () -> {
                for (int i = next.getAndIncrement();
                    i < images.length;
                    i = next.getAndIncrement()) {
                  failures[i] = row(images[i], values, i * dimension());
                }
              }));
    }
    for (Future<?> worker : running) {
      await(worker);
    }
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were encoded", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("encoding failed: " + e.getCause(), e.getCause());
    }
  }

  /** Writes one vector; returns why there is none, or null. */
  private RowFailure row(byte[] image, float[] values, int offset) {
    try {
      double[] all = ImageFeatures.of(Images.decode(image, options.maxPixels()));
      return write(all, values, offset);
    } catch (ImageRejectedException e) {
      return new RowFailure(e.reason(), e.getMessage());
    } catch (OutOfMemoryError e) {
      return new RowFailure(RejectReason.OUT_OF_MEMORY, "out of memory while decoding the image");
    }
  }

  private RowFailure write(double[] all, float[] values, int offset) {
    double sum = 0;
    for (int i = 0; i < dimension(); i++) {
      sum += all[i] * all[i];
    }
    if (sum == 0) {
      return new RowFailure(
          RejectReason.ZERO_VECTOR, "the first " + dimension() + " components are all zero");
    }
    double factor = options.normalise() ? 1 / Math.sqrt(sum) : 1;
    for (int i = 0; i < dimension(); i++) {
      values[offset + i] = (float) (all[i] * factor);
    }
    return null;
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
