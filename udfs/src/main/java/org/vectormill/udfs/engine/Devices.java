package org.vectormill.udfs.engine;

import ai.djl.Device;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;

/**
 * Where a network runs: an explicit {@code cpu} or {@code gpu:N}; then the address that Spark gave
 * the task; then the first device that the engine sees. A GPU that was asked for and is not there
 * is a failure.
 */
public final class Devices {
  /**
   * What decides.
   *
   * @param option {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}; N counts as CUDA does,
   *     within a {@code CUDA_VISIBLE_DEVICES} mask where there is one
   * @param taskAddress GPU that Spark gave the task, by its address; null for none
   * @param mask value of {@code CUDA_VISIBLE_DEVICES}; null where it is not set
   */
  public record Wish(String option, String taskAddress, String mask) {}

  /**
   * The device for this engine in this process.
   *
   * @throws VectormillException ({@code ENCODER}) for a GPU that is not there
   */
  public static Device choose(EngineKind engine, Wish wish) {
    return choose(engine, wish, () -> Networks.gpus(engine));
  }

  static Device choose(EngineKind engine, Wish wish, IntSupplier visible) {
    if (wish.option().equals("cpu")) {
      return Device.cpu();
    }
    if (!engine.runsNetwork()) {
      return onlyCpu(engine, wish);
    }
    int gpus = visible.getAsInt();
    if (wish.option().startsWith("gpu:")) {
      return gpu(engine, wish, Integer.parseInt(wish.option().substring(4)), gpus);
    }
    if (wish.taskAddress() != null) {
      return gpu(engine, wish, relative(wish.taskAddress(), wish.mask()), gpus);
    }
    return wish.option().equals("auto") && gpus == 0 ? Device.cpu() : gpu(engine, wish, 0, gpus);
  }

  private static Device onlyCpu(EngineKind engine, Wish wish) {
    if (!wish.option().equals("auto")) {
      throw VectormillException.encoder(
          "--device "
              + wish.option()
              + ": a "
              + engine
              + " encoder runs on the CPU only; leave the option out");
    }
    return Device.cpu();
  }

  /** Spark's addresses are those of the whole machine; a mask renumbers what a process sees. */
  private static int relative(String address, String mask) {
    int index = -1;
    if (mask != null) {
      List<String> visible = Arrays.stream(mask.split(",", -1)).map(String::strip).toList();
      index = visible.indexOf(address);
    } else if (address.matches("[0-9]{1,4}")) {
      index = Integer.parseInt(address);
    }
    if (index < 0) {
      throw VectormillException.encoder(
          "GPU address "
              + address
              + " from Spark is not one that this process sees (CUDA_VISIBLE_DEVICES "
              + (mask == null ? "not set" : mask)
              + "): let the discovery script print the mask's own entries, or name --device gpu:N");
    }
    return index;
  }

  private static Device gpu(EngineKind engine, Wish wish, int index, int gpus) {
    if (index < gpus) {
      return Device.gpu(index);
    }
    boolean fromSpark = wish.taskAddress() != null && !wish.option().startsWith("gpu:");
    throw VectormillException.encoder(
        "--device "
            + wish.option()
            + (fromSpark ? " with Spark's GPU address " + wish.taskAddress() : "")
            + ": "
            + engine
            + " sees "
            + gpus
            + " GPUs, needed number "
            + index
            + "; "
            + advice(engine));
  }

  private static String advice(EngineKind engine) {
    return engine == EngineKind.ONNX
        ? "build with -P gpu (onnxruntime_gpu) and install CUDA 12 and cuDNN 9, or use --device cpu"
        : "put ai.djl.pytorch:pytorch-native-cu128 (docs/encoders.md) on the class path and install"
            + " an NVIDIA driver, or use --device cpu";
  }

  private Devices() {}
}
