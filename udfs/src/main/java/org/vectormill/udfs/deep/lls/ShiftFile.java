package org.vectormill.udfs.deep.lls;

import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.deep.training.CurveTensors;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link ShiftProgress} as a file. */
public final class ShiftFile {
  private static final String NOW = "now";
  private static final String BEST = "best";

  public static byte[] write(ShiftProgress progress) {
    TensorFile file = new TensorFile().fact("epoch_scale", Float.toString(progress.scale()));
    NetworkTensors.put(file, NOW, progress.layers());
    NetworkTensors.put(file, BEST, progress.best());
    if (progress.ended()) {
      NetworkTensors.put(file, progress.found());
    }
    progress.moments().put(file);
    CurveTensors.put(file, progress.curve());
    return file.write();
  }

  /**
   * @throws org.vectormill.schemas.VectormillException ({@code INPUT}) where the bytes are no such
   *     file
   */
  public static ShiftProgress read(byte[] bytes, String name) {
    TensorFile file = TensorFile.read(bytes, name);
    try {
      return new ShiftProgress(
          Float.parseFloat(file.fact("epoch_scale")),
          NetworkTensors.layers(file, NOW),
          Moments.get(file, name),
          NetworkTensors.layers(file, BEST),
          file.fact("scale") == null ? null : NetworkTensors.shift(file, name),
          CurveTensors.get(file));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw VectormillException.input(name + ": no checkpoint: " + e.getMessage());
    }
  }

  private ShiftFile() {}
}
