package org.vectormill.udfs.vectors;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.Serializable;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.engine.Devices;
import org.vectormill.udfs.engine.Matrices;
import org.vectormill.udfs.pool.TaskGpu;

/**
 * Where matrix products run.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param threads of one product on the CPU, at least 1
 */
public record MatrixSpec(String device, int threads) implements Serializable {
  public MatrixSpec {
    if (!device.matches("auto|cpu|gpu(:[0-9]{1,4})?")) {
      throw VectormillException.usage("--device must be auto, cpu, gpu or gpu:N, got " + device);
    }
    if (threads < 1) {
      throw VectormillException.usage("--threads must be at least 1, got " + threads);
    }
  }

  /**
   * Centroids on the device of the running task, for whole blocks; see {@link #open(Centroids,
   * int)}.
   */
  public NearestCentroids open(Centroids centroids) {
    return open(centroids, VectorBlock.ROWS);
  }

  /**
   * Centroids on the device of the running task; of one thread, the caller closes it.
   *
   * @param shape most rows that a block is padded to
   */
  public NearestCentroids open(Centroids centroids, int shape) {
    return new NearestCentroids(centroids, shape, chosen(), threads);
  }

  /** A manager of arrays on the device of the running task; the caller closes it. */
  public NDManager newManager() {
    return Matrices.newManager(chosen(), threads);
  }

  /** Sets how many threads operations of the calling thread have. */
  public void setThreads() {
    Matrices.setThreads(threads);
  }

  /**
   * Looks for the device in this process.
   *
   * @throws VectormillException where a GPU was asked for and isn't there
   */
  public void requireDevice() {
    if (device.startsWith("gpu")) {
      var unused = chosen();
    }
  }

  private Device chosen() {
    Devices.Wish wish =
        new Devices.Wish(device, TaskGpu.address(), System.getenv("CUDA_VISIBLE_DEVICES"));
    return Devices.choose(EngineKind.TORCHSCRIPT, wish);
  }
}
