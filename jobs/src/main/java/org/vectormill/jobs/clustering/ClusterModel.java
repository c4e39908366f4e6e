package org.vectormill.jobs.clustering;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.tensors.TensorFile;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

/**
 * What gives a vector its cluster; one safetensors file with tensors {@code centroids} (k x d),
 * {@code sizes} (k), {@code radii} (k) and, where sizes are bounded, {@code penalties} (k).
 *
 * @param encoder fingerprint of the encoder whose vectors it takes
 * @param sizes rows of each cluster when the model was made
 * @param radii distance of each cluster's furthest row then, Euclidean or 1 - cosine
 * @param plan names the run that made it
 */
record ClusterModel(Centroids centroids, String encoder, long[] sizes, float[] radii, String plan)
    implements Serializable {
  private static final String KIND = "kmeans";

  byte[] write() {
    int k = centroids.count();
    TensorFile file = new TensorFile();
    if (centroids.penalties().length > 0) {
      file.put("penalties", centroids.penalties(), k);
    }
    return file.fact("vectormill_model", KIND)
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
    if (!KIND.equals(file.fact("vectormill_model")) || !"1".equals(file.fact("contract_version"))) {
      throw VectormillException.input(
          "model "
              + uri
              + ": kind "
              + file.fact("vectormill_model")
              + ", version "
              + file.fact("contract_version")
              + ", expected kmeans, 1; name a model that cluster saved");
    }
    long[] shape = file.shape("centroids");
    float[] values = file.floats("centroids");
    long[] sizes = file.longs("sizes");
    float[] radii = file.floats("radii");
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
    return new ClusterModel(
        new Centroids(metric(file.fact("metric"), uri), (int) shape[1], values, penalties),
        file.fact("encoder_fingerprint"),
        sizes,
        radii,
        file.fact("plan"));
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
