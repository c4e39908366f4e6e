package org.vectormill.jobs.clustering;

import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/**
 * What gives a vector its cluster; one safetensors file with tensors {@code centroids} (k x d),
 * {@code sizes} (k), {@code radii} (k), where sizes are bounded {@code penalties} (k), and where
 * codes are compared the network that makes them ({@link NetworkTensors}).
 *
 * @param algorithm that found it
 * @param network that makes codes of vectors, d long; empty where vectors are compared themselves
 * @param encoder fingerprint of the encoder whose vectors it takes
 * @param sizes rows of each cluster when the model was made
 * @param radii distance of each cluster's furthest row then, Euclidean or 1 - cosine
 * @param plan names the run that made it
 * @param keptFrom plan of the model whose numbers its clusters have; empty where they have their
 *     own
 */
record ClusterModel(
    String algorithm,
    Centroids centroids,
    Optional<ClusterNetwork> network,
    String encoder,
    long[] sizes,
    float[] radii,
    String plan,
    Optional<String> keptFrom) {

  /** Length of the vectors that it takes. */
  int dimension() {
    return network.map(ClusterNetwork::inputs).orElse(centroids.dimension());
  }

  byte[] write() {
    int k = centroids.count();
    TensorFile file = new TensorFile();
    if (centroids.penalties().length > 0) {
      file.put("penalties", centroids.penalties(), k);
    }
    network.ifPresent(one -> NetworkTensors.put(file, one));
    keptFrom.ifPresent(one -> file.fact("numbers_from", one));
    return file.fact("vectormill_model", algorithm)
        .fact("contract_version", "1")
        .fact("metric", centroids.metric().code())
        .fact("encoder_fingerprint", encoder)
        .fact("plan", plan)
        .put("centroids", centroids.values(), k, centroids.dimension())
        .put("sizes", sizes, k)
        .put("radii", radii, k)
        .write();
  }

  /**
   * @throws VectormillException ({@code INPUT}) where the bytes are no such model
   */
  static ClusterModel read(byte[] bytes, String uri) {
    TensorFile file = TensorFile.read(bytes, "model " + uri);
    String algorithm = String.valueOf(file.fact("vectormill_model"));
    boolean compared = algorithm.equals(ClusterMethod.KMeans.CODE);
    if (!ClusterMethod.CODES.contains(algorithm) || !"1".equals(file.fact("contract_version"))) {
      throw VectormillException.input(
          "model "
              + uri
              + ": kind "
              + algorithm
              + ", version "
              + file.fact("contract_version")
              + ", expected one of "
              + ClusterMethod.CODES
              + ", 1; name a model that cluster saved");
    }
    long[] shape = file.shape("centroids");
    float[] values = finite(file, "centroids", uri);
    long[] sizes = file.longs("sizes");
    float[] radii = finite(file, "radii", uri);
    float[] penalties = file.has("penalties") ? file.floats("penalties") : new float[0];
    if (shape.length != 2
        || shape[0] < 1
        || shape[1] < 1
        || sizes.length != shape[0]
        || radii.length != shape[0]
        || (penalties.length != 0 && penalties.length != shape[0])) {
      throw VectormillException.input(
          "model " + uri + ": its tensors are not of one number of clusters; save it again");
    }
    Optional<ClusterNetwork> network =
        compared ? Optional.empty() : Optional.of(NetworkTensors.get(file, "model " + uri));
    if (network.isPresent() && network.get().codeLength() != shape[1]) {
      throw VectormillException.input(
          "model %s: codes of length %d, centroids of %d; save it again"
              .formatted(uri, network.get().codeLength(), shape[1]));
    }
    int told = network.map(ClusterNetwork::clusters).orElse(0);
    if (told != 0 && told != shape[0]) {
      throw VectormillException.input(
          "model %s: a network of %d clusters, %d centroids; save it again"
              .formatted(uri, told, shape[0]));
    }
    return new ClusterModel(
        algorithm,
        new Centroids(metric(file.fact("metric"), uri), (int) shape[1], values, penalties),
        network,
        file.fact("encoder_fingerprint"),
        sizes,
        radii,
        file.fact("plan"),
        Optional.ofNullable(file.fact("numbers_from")));
  }

  private static float[] finite(TensorFile file, String tensor, String uri) {
    return file.finiteFloats(tensor, "model " + uri);
  }

  private static Metric metric(String code, String uri) {
    try {
      return Metric.ofCode(String.valueOf(code));
    } catch (IllegalArgumentException e) {
      throw VectormillException.input(
          "model " + uri + ": metric " + code + ", expected l2, cosine");
    }
  }
}
