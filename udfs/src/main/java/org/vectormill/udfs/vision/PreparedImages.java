package org.vectormill.udfs.vision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.RowFailure;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Images;
import org.vectormill.udfs.image.Preprocessor;
import org.vectormill.udfs.image.PreprocessorSpec;

/** Decodes and prepares batches of images in a bounded number of threads. */
final class PreparedImages implements AutoCloseable {
  private final Preprocessor preprocessor;
  private final long maxPixels;
  private final int threads;
  private final ExecutorService workers;

  /**
   * @param threads that one call may use, the caller's among them
   * @throws VectormillException ({@code USAGE}) for a preprocessor whose images differ in size
   */
  PreparedImages(PreprocessorSpec spec, long maxPixels, int threads) {
    this.preprocessor = new Preprocessor(spec);
    this.maxPixels = maxPixels;
    this.threads = threads;
    this.workers = threads == 1 ? null : Executors.newCachedThreadPool(PreparedImages::daemon);
    requireSize(preprocessor);
  }

  private static void requireSize(Preprocessor preprocessor) {
    if (preprocessor.width() == 0 || preprocessor.height() == 0) {
      throw VectormillException.usage(
          "the preprocessor leaves images in sizes of their own; a batch needs one size: set"
              + " resize_width and resize_height, or crop_width and crop_height");
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "prepare-images");
    thread.setDaemon(true);
    return thread;
  }

  int width() {
    return preprocessor.width();
  }

  int height() {
    return preprocessor.height();
  }

  /** Floats of one prepared image. */
  int size() {
    return 3 * width() * height();
  }

  /**
   * Prepares images {@code from} to {@code to} into {@code tensor}, from its start. The place of an
   * image that fails is filled with zeros.
   *
   * @param failures of the whole unit, by position
   */
  void prepare(byte[][] images, int from, int to, float[] tensor, RowFailure[] failures) {
    AtomicInteger next = new AtomicInteger(from);
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < to; i = next.getAndIncrement()) {
            failures[i] = one(images[i], tensor, (i - from) * size());
          }
        };
    List<Future<?>> running = new ArrayList<>();
    for (int t = 1; t < Math.min(threads, to - from); t++) {
      running.add(workers.submit(work));
    }
    work.run();
    running.forEach(PreparedImages::await);
  }

  private RowFailure one(byte[] image, float[] tensor, int offset) {
    RowFailure failure;
    try {
      preprocessor.prepare(Images.decode(image, maxPixels), tensor, offset);
      return null;
    } catch (ImageRejectedException e) {
      failure = new RowFailure(e.reason(), e.getMessage());
    } catch (OutOfMemoryError e) {
      failure = new RowFailure(RejectReason.OUT_OF_MEMORY, "out of memory while decoding");
    }
    java.util.Arrays.fill(tensor, offset, offset + size(), 0);
    return failure;
  }

  private static void await(Future<?> worker) {
    try {
      worker.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while images were prepared", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("preparing images failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    if (workers != null) {
      workers.shutdownNow();
    }
  }
}
