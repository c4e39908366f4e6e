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
import org.vectormill.udfs.ContentHash;
import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/** Reads and writes a model, which appears whole or not at all. */
final class ModelFile {
  private static final String ENCODER = "encoder_fingerprint";

  static void write(ClusterModel model, String uri, Configuration conf) {
    put(model.write(), uri, conf);
  }

  /** Puts what is a model already at {@code uri}. */
  static void put(byte[] bytes, String uri, Configuration conf) {
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

  /** Whether two URIs name one place. */
  static boolean isSame(String one, String other, Configuration conf) {
    return qualified(one, conf).equals(qualified(other, conf));
  }

  private static Path qualified(String uri, Configuration conf) {
    Path path = new Path(uri);
    try {
      return path.getFileSystem(conf).makeQualified(path);
    } catch (IOException e) {
      throw new VectormillException(Fault.RETRY, uri + " can't be looked at: " + e.getMessage(), e);
    }
  }

  /** SHA-256 of a file's bytes, in hex digits. */
  static String digest(String uri, Configuration conf) {
    return ContentHash.of(bytes("--start", uri, conf));
  }

  /**
   * The tensor {@code centroids} of a safetensors file, of unit length where the metric is cosine.
   *
   * @param encoder fingerprint of the encoder whose vectors start from it
   * @throws VectormillException ({@code USAGE}) where it is not k x d, or of another encoder
   */
  static Centroids centroids(
      String uri, Configuration conf, String encoder, Metric metric, int k, int dimension) {
    TensorFile file = start(uri, conf, encoder);
    long[] shape = file.shape("centroids");
    if (!Arrays.equals(shape, new long[] {k, dimension})) {
      throw VectormillException.usage(
          "--start %s: centroids of shape %s, expected %d x %d (--k, dimension of the vectors)"
              .formatted(uri, Arrays.toString(shape), k, dimension));
    }
    float[] values = file.finiteFloats("centroids", "--start " + uri);
    return new Centroids(metric, dimension, values).normalised();
  }

  /**
   * The network of a safetensors file.
   *
   * @param encoder fingerprint of the encoder whose vectors start from it
   * @throws VectormillException ({@code USAGE}) where it has none, or one that takes vectors of
   *     another encoder
   */
  static Autoencoder network(String uri, Configuration conf, String encoder) {
    TensorFile file = start(uri, conf, encoder);
    if (file.fact("encoder") == null) {
      throw VectormillException.usage(
          "--start %s: no autoencoder is in it (a model of %s); name a model of dec or idec, or a pretrained.safetensors"
              .formatted(uri, file.fact("vectormill_model")));
    }
    return NetworkTensors.autoencoder(file, "", "--start " + uri);
  }

  /** Files from elsewhere don't say whose vectors they take. */
  private static TensorFile start(String uri, Configuration conf, String encoder) {
    TensorFile file = TensorFile.read(bytes("--start", uri, conf), "--start " + uri);
    String own = file.fact(ENCODER);
    if (own != null && !own.equals(encoder)) {
      throw VectormillException.usage(
          "--start %s: made of vectors of encoder %s, those of --input are of %s; name a file that was made of such vectors"
              .formatted(uri, own, encoder));
    }
    return file;
  }

  /**
   * A file of a network alone, which {@link #network} reads, and embed as an encoder.
   *
   * @param encoder fingerprint of the encoder whose vectors it takes
   */
  static byte[] ofNetwork(Autoencoder network, String encoder) {
    TensorFile file =
        new TensorFile()
            .fact("vectormill_model", "autoencoder")
            .fact("contract_version", "1")
            .fact("metric", Metric.L2.code())
            .fact(ENCODER, encoder);
    NetworkTensors.put(file, network);
    return file.write();
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
