package org.vectormill.udfs.encode;

import java.io.Serializable;
import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;

/**
 * How an encoder runs; nothing here belongs to the fingerprint.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param batchTokens most tokens (rows x longest row, padding included) in a batch
 * @param batchImages most images in a batch
 * @param threads threads that one call of an encoder may use, decoding and arithmetic together
 */
public record RuntimeOptions(String device, int batchTokens, int batchImages, int threads)
    implements Serializable {
  private static final Pattern DEVICE = Pattern.compile("auto|cpu|gpu|gpu:[0-9]{1,4}");

  /**
   * Checks every option.
   *
   * @throws VectormillException ({@code USAGE}) naming the option, its value and the rule
   */
  public RuntimeOptions {
    require(
        device != null && DEVICE.matcher(device).matches(),
        "device",
        device,
        "must be auto, cpu, gpu or gpu:N");
    require(batchTokens >= 1, "batch-tokens", batchTokens, "must be at least 1");
    require(batchImages >= 1, "batch-images", batchImages, "must be at least 1");
    require(threads >= 1, "threads", threads, "must be at least 1");
  }

  private static void require(boolean holds, String option, Object value, String rule) {
    if (!holds) {
      throw VectormillException.usage("--" + option + " " + rule + ", got " + value);
    }
  }
}
