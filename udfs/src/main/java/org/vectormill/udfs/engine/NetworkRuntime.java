package org.vectormill.udfs.engine;

import ai.djl.Device;
import java.nio.file.Path;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;

/**
 * What sees devices and runs networks on them: DJL, unless the class path names another as a
 * service. A cluster's scheduling of GPUs is tested that way on machines without any.
 */
public interface NetworkRuntime {
  /** GPUs that the engine can use, as this process's mask numbers them. */
  int gpus(EngineKind engine);

  /**
   * Loads a network, as {@link Networks#load} describes; of one device that several threads use, it
   * is called once.
   */
  Network load(EncoderSpec spec, Path file, Device device, int threads);
}
