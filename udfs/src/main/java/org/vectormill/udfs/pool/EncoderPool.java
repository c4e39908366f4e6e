package org.vectormill.udfs.pool;

import org.apache.hadoop.conf.Configuration;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.TextEncoder;

/**
 * The loaded encoders of this JVM, keyed by (model digest, engine, device, precision, options):
 * each is loaded once, shared by all tasks, and closed at shutdown.
 */
public final class EncoderPool {
  /**
   * Finds the model, pins its digest and fills in what its folder says. On the driver.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER} for a model that can't be
   *     read, {@code USAGE} for options that contradict it)
   */
  public static EncoderSpec resolve(EncoderRequest request, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  /**
   * The shared text encoder; not to be closed by the caller.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER}) for a device that is not
   *     there or a model whose bytes differ from {@code spec.digest()}
   */
  public static TextEncoder text(EncoderSpec spec, RuntimeOptions options, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  /** The shared image encoder; as {@link #text}. */
  public static ImageEncoder image(EncoderSpec spec, RuntimeOptions options, Configuration conf) {
    throw new UnsupportedOperationException();
  }

  /** How many encoders this JVM has loaded since it started. */
  public static int loads() {
    throw new UnsupportedOperationException();
  }

  private EncoderPool() {}
}
