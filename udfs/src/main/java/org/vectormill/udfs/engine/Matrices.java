package org.vectormill.udfs.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;

/** The engine for matrix products: PyTorch. */
public final class Matrices {
  private static final int ALIGNMENT = 64;

  /**
   * A manager of arrays on a device; the caller closes it.
   *
   * @param threads of one operation; a setting of the calling thread
   * @throws VectormillException ({@code ENCODER}) where the engine can't be loaded
   */
  public static NDManager newManager(Device device, int threads) {
    NDManager manager = Engines.of(EngineKind.TORCHSCRIPT).newBaseManager(device);
    setThreads(threads);
    return manager;
  }

  /**
   * Sets how many threads operations of the calling thread have.
   *
   * @throws VectormillException ({@code ENCODER}) where the engine can't be loaded
   */
  public static void setThreads(int threads) {
    Engines.of(EngineKind.TORCHSCRIPT);
    JniUtils.setNumThreads(threads);
  }

  /**
   * An array on memory of {@link #memory}, which stays in use.
   *
   * @param values row-major, of the shape's size
   */
  public static NDArray create(NDManager manager, float[] values, Shape shape) {
    ByteBuffer memory = memory(values.length);
    memory.asFloatBuffer().put(values);
    return manager.create(memory, shape, DataType.FLOAT32);
  }

  /**
   * Memory for so many floats that begins at a multiple of 64 bytes. A product's last bits differ
   * with where its operands begin, and Java's buffers begin anywhere.
   */
  public static ByteBuffer memory(int floats) {
    int bytes = Math.multiplyExact(floats, Float.BYTES);
    return ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT))
        .alignedSlice(ALIGNMENT)
        .limit(bytes)
        .slice()
        .order(ByteOrder.nativeOrder());
  }

  private Matrices() {}
}
