package org.vectormill.udfs.deep.dec;

import org.vectormill.udfs.deep.network.Autoencoder;
import org.vectormill.udfs.deep.network.DeepState;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.deep.training.CurveTensors;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link DeepProgress} as a file. */
public final class ProgressFile {
  private static final String BEFORE = "before.";
  private static final String CENTROIDS = "centroids";

  public static byte[] write(DeepProgress progress) {
    TensorFile file =
        new TensorFile()
            .fact("epochs", String.valueOf(progress.epochs()))
            .fact("ended", String.valueOf(progress.ended()));
    NetworkTensors.put(file, "", progress.weights());
    putCentroids(file, "", progress.centroids(), progress.weights().codeLength());
    if (progress.before() != null) {
      NetworkTensors.put(file, BEFORE, progress.before().weights());
      putCentroids(
          file, BEFORE, progress.before().centroids(), progress.before().weights().codeLength());
    }
    progress.moments().put(file);
    CurveTensors.put(file, progress.curve());
    return file.write();
  }

  private static void putCentroids(TensorFile file, String prefix, float[] values, int length) {
    if (values != null) {
      file.put(prefix + CENTROIDS, values, values.length / length, length);
    }
  }

  /**
   * @throws VectormillException ({@code INPUT}) where the bytes are no such file
   */
  public static DeepProgress read(byte[] bytes, String name) {
    TensorFile file = TensorFile.read(bytes, name);
    Autoencoder weights = NetworkTensors.autoencoder(file, "", name);
    DeepState before =
        NetworkTensors.has(file, BEFORE)
            ? new DeepState(
                NetworkTensors.autoencoder(file, BEFORE, name), file.floats(BEFORE + CENTROIDS))
            : null;
    return new DeepProgress(
        Integer.parseInt(file.fact("epochs")),
        weights,
        file.has(CENTROIDS) ? file.floats(CENTROIDS) : null,
        Moments.get(file, name),
        before,
        CurveTensors.get(file),
        Boolean.parseBoolean(file.fact("ended")));
  }

  private ProgressFile() {}
}
