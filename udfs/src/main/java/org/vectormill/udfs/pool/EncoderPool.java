package org.vectormill.udfs.pool;

import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.TextEncoder;

/**
 * The loaded encoders of this JVM, keyed by (model digest, engine, device, precision, options):
 * each is loaded once, shared by all tasks, and closed at shutdown.
 */
public final class EncoderPool {
  /**
   * Hadoop setting: whether models may be downloaded from loopback, private and link-local
   * addresses; {@code false} where it is not set.
   */
  public static final String PRIVATE_ADDRESSES = "vectormill.allow-private-addresses";

  private static final Logger LOG = LoggerFactory.getLogger(EncoderPool.class);

  /** What makes two loaded encoders the same. */
  private record Key(String fingerprint, String device, RuntimeOptions options) {}

  private static final LoadOnce<Key, AutoCloseable> LOADED = new LoadOnce<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(EncoderPool::closeAll, "encoder-pool-close"));
  }

  /**
   * Refuses what no model's files could make right: before a session starts.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code USAGE})
   */
  public static void requirePossible(EncoderRequest request) {
    ModelUri uri = ModelUri.parse(request.uri());
    RequestRules.check(request);
    if (uri.scheme().equals("builtin")) {
      BuiltinEncoders.resolve(uri, request);
    }
  }

  /**
   * Finds the model, pins its digest and fills in what its folder says. On the driver.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER} for a model that can't be
   *     read, {@code USAGE} for options that contradict it)
   */
  public static EncoderSpec resolve(EncoderRequest request, Configuration conf) {
    requirePossible(request);
    ModelUri uri = ModelUri.parse(request.uri());
    return uri.scheme().equals("builtin")
        ? BuiltinEncoders.resolve(uri, request)
        : ModelResolution.resolve(uri, request, conf);
  }

  /**
   * The shared text encoder; not to be closed by the caller.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code ENCODER}) for a device that is not
   *     there or a model whose bytes differ from {@code spec.digest()}
   */
  public static TextEncoder text(EncoderSpec spec, RuntimeOptions options, Configuration conf) {
    requireModality(spec, Modality.TEXT);
    return (TextEncoder) loaded(spec, options, conf);
  }

  /** The shared image encoder; as {@link #text}. */
  public static ImageEncoder image(EncoderSpec spec, RuntimeOptions options, Configuration conf) {
    requireModality(spec, Modality.IMAGE);
    return (ImageEncoder) loaded(spec, options, conf);
  }

  private static void requireModality(EncoderSpec spec, Modality modality) {
    if (spec.modality() != modality) {
      throw VectormillException.usage(
          "encoder "
              + spec.uri()
              + " reads "
              + spec.modality().code()
              + ", but is asked for "
              + modality.code());
    }
  }

  private static AutoCloseable loaded(
      EncoderSpec spec, RuntimeOptions options, Configuration conf) {
    EncoderLoad load = EncoderLoad.of(spec, options, conf);
    Key key = new Key(spec.fingerprint(), load.device().toString(), options);
    return LOADED.get(key, load::encoder);
  }

  /** How many encoders this JVM has loaded since it started. */
  public static int loads() {
    return LOADED.loads();
  }

  /** Closes what is loaded; the next call of {@link #text} or {@link #image} loads again. */
  static void closeAll() {
    for (AutoCloseable encoder : LOADED.takeAll()) {
      try {
        encoder.close();
      } catch (Exception e) {
        // The others are still to be closed, and the JVM may be going down.
        LOG.warn("an encoder could not be closed", e);
      }
    }
  }

  private EncoderPool() {}
}
