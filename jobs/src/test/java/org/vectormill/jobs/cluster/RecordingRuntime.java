package org.vectormill.jobs.cluster;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.engine.Network;
import org.vectormill.udfs.engine.NetworkOutput;
import org.vectormill.udfs.engine.NetworkRuntime;
import org.vectormill.udfs.engine.Tensor;

/**
 * Sees as many GPUs as one likes, and writes down what is loaded and run where: a file for each JVM
 * and address, with a line for each load and each batch.
 */
public final class RecordingRuntime implements NetworkRuntime {
  /** System property: folder of the records. */
  static final String RECORDS = "vectormill.test.records";

  private static final int GPUS = 64;
  private static final int DIMENSION = 8;

  @Override
  public int gpus(EngineKind engine) {
    return GPUS;
  }

  @Override
  public Network load(EncoderSpec spec, Path file, Device device, int threads) {
    Recording recording = new Recording(device);
    recording.write("load");
    return recording;
  }

  private record Recording(Device device) implements Network {
    @Override
    public List<String> inputs() {
      return List.of("image");
    }

    @Override
    public NetworkOutput run(List<Tensor> inputs) {
      write("batch by " + Thread.currentThread().getName());
      int rows = (int) inputs.get(0).shape()[0];
      float[] values = new float[rows * DIMENSION];
      Arrays.fill(values, 1);
      return new NetworkOutput(new long[] {rows, DIMENSION}, values);
    }

    private void write(String line) {
      String name = ProcessHandle.current().pid() + "-" + device.getDeviceId();
      try {
        Files.writeString(
            Path.of(System.getProperty(RECORDS), name),
            line + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      write("close");
    }
  }
}
