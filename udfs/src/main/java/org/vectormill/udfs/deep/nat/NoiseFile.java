package org.vectormill.udfs.deep.nat;

import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.deep.training.CurveTensors;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link NoiseProgress} as a file. */
public final class NoiseFile {
  private static final String CENTROIDS = "centroids";

  public static byte[] write(NoiseProgress progress) {
    TensorFile file = new TensorFile();
    NetworkTensors.put(file, progress.weights());
    if (progress.ended()) {
      int length = progress.weights().codeLength();
      file.put(CENTROIDS, progress.centroids(), progress.centroids().length / length, length);
    }
    progress.moments().put(file);
    CurveTensors.put(file, progress.curve());
    return file.write();
  }

  /**
   * @throws org.vectormill.schemas.VectormillException ({@code INPUT}) where the bytes are no such
   *     file
   */
  public static NoiseProgress read(byte[] bytes, String name) {
    TensorFile file = TensorFile.read(bytes, name);
    return new NoiseProgress(
        NetworkTensors.sphere(file, name),
        Moments.get(file, name),
        file.has(CENTROIDS) ? file.floats(CENTROIDS) : null,
        CurveTensors.get(file));
  }

  private NoiseFile() {}
}
