package org.vectormill.udfs.pool;

import ai.djl.Device;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.engine.Devices;
import org.vectormill.udfs.engine.Network;
import org.vectormill.udfs.engine.Networks;
import org.vectormill.udfs.text.TextEncoders;
import org.vectormill.udfs.vision.NetworkImageEncoder;

/**
 * One encoder to be loaded in this JVM.
 *
 * @param device chosen for the task that asks
 */
record EncoderLoad(EncoderSpec spec, RuntimeOptions options, Configuration conf, Device device) {
  private static final Logger LOG = LoggerFactory.getLogger(EncoderLoad.class);

  static EncoderLoad of(EncoderSpec spec, RuntimeOptions options, Configuration conf) {
    Devices.Wish wish =
        new Devices.Wish(
            options.device(), TaskGpu.address(), System.getenv("CUDA_VISIBLE_DEVICES"));
    return new EncoderLoad(spec, options, conf, Devices.choose(spec.engine(), wish));
  }

  AutoCloseable encoder() {
    LOG.info("loading encoder {} ({}) on {}", spec.uri(), spec.fingerprint(), device);
    boolean text = spec.modality() == Modality.TEXT;
    if (spec.engine() == EngineKind.BUILTIN) {
      return text ? BuiltinEncoders.text(spec, options) : BuiltinEncoders.image(spec, options);
    }
    LocalModel model =
        ModelStore.ofHost(conf).find(ModelUri.parse(spec.uri()), spec.engine(), spec.digest());
    Network network =
        spec.engine().runsNetwork()
            ? Networks.load(spec, model.network(), device, options.threads())
            : null;
    return text
        ? TextEncoders.load(spec, model.folder(), network, options)
        : new NetworkImageEncoder(spec, network, options);
  }
}
