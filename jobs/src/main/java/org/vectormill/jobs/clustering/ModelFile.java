package org.vectormill.jobs.clustering;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.vectormill.jobs.runner.AtomicFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/** Reads and writes a model, which appears whole or not at all. */
final class ModelFile {
  static void write(ClusterModel model, String uri, Configuration conf) {
    write(model.write(), uri, conf);
  }

  private static void write(byte[] bytes, String uri, Configuration conf) {
    try {
      AtomicFile.write(uri, bytes, conf);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "model " + uri + " can't be written: " + e.getMessage(), e);
    }
  }

  /**
   * @throws VectormillException ({@code INPUT}) where there is none or something else
   */
  static ClusterModel read(String uri, Configuration conf) {
    return ClusterModel.read(bytes("--assign", uri, conf), uri);
  }

  /** The model of an earlier run; empty where there is none. */
  static Optional<ClusterModel> find(String uri, Configuration conf) {
    Path path = new Path(uri);
    try {
      return path.getFileSystem(conf).exists(path)
          ? Optional.of(read(uri, conf))
          : Optional.empty();
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "model " + uri + " can't be looked for: " + e.getMessage(), e);
    }
  }

  /**
   * The tensor {@code centroids} of a safetensors file, of unit length where the metric is cosine.
   *
   * @throws VectormillException ({@code USAGE}) where it is not k x d
   */
  static Centroids centroids(String uri, Configuration conf, Metric metric, int k, int dimension) {
    TensorFile file = TensorFile.read(bytes("--start", uri, conf), "--start " + uri);
    long[] shape = file.shape("centroids");
    if (!Arrays.equals(shape, new long[] {k, dimension})) {
      throw VectormillException.usage(
          "--start %s: centroids of shape %s, expected %d x %d (--k, dimension of the vectors)"
              .formatted(uri, Arrays.toString(shape), k, dimension));
    }
    return new Centroids(metric, dimension, file.floats("centroids")).normalised();
  }

  /**
   * The network of a safetensors file.
   *
   * @throws VectormillException ({@code INPUT}) where it has none
   */
  static Autoencoder network(String uri, Configuration conf) {
    TensorFile file = TensorFile.read(bytes("--start", uri, conf), "--start " + uri);
    return NetworkTensors.autoencoder(file, "", "--start " + uri);
  }

  /**
   * Writes a network alone, which {@link #network} reads, and embed as an encoder.
   *
   * @param encoder fingerprint of the encoder whose vectors it takes
   */
  static void writeNetwork(Autoencoder network, String encoder, String uri, Configuration conf) {
    TensorFile file =
        new TensorFile()
            .fact("vectormill_model", "autoencoder")
            .fact("contract_version", "1")
            .fact("metric", Metric.L2.code())
            .fact("encoder_fingerprint", encoder);
    NetworkTensors.put(file, "", network);
    write(file.write(), uri, conf);
  }

  private static byte[] bytes(String option, String uri, Configuration conf) {
    Path path = new Path(uri);
    try (var in = path.getFileSystem(conf).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new VectormillException(
          Fault.INPUT,
          option + " " + uri + ": no file there; name a model.safetensors that cluster saved",
          e);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, option + " " + uri + " can't be read: " + e.getMessage(), e);
    }
  }

  private ModelFile() {}
}
