package org.vectormill.udfs.deep.icon;

import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.NetworkTensors;
import org.vectormill.udfs.deep.training.CurveTensors;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link HeadProgress} as a file. */
public final class HeadFile {
  private static final String LAYERS = "heads";

  public static byte[] write(HeadProgress progress) {
    TensorFile file = new TensorFile();
    put(file, progress);
    return file.write();
  }

  /** Writes it beside what else the file has. */
  public static void put(TensorFile file, HeadProgress progress) {
    file.fact("scale", Float.toString(progress.scale()))
        .fact("chosen", String.valueOf(progress.chosen()))
        .put("losses", progress.losses(), progress.losses().length);
    NetworkTensors.put(file, LAYERS, progress.layers());
    progress.moments().put(file);
    CurveTensors.put(file, progress.curve());
  }

  /**
   * @throws VectormillException ({@code INPUT}) where the bytes are no such file
   */
  public static HeadProgress read(byte[] bytes, String name) {
    return get(TensorFile.read(bytes, name), name);
  }

  /** Whether {@link #put} has written to the file. */
  public static boolean has(TensorFile file) {
    return file.fact("chosen") != null;
  }

  /**
   * What {@link #put} wrote.
   *
   * @param name of the file, for messages
   * @throws VectormillException ({@code INPUT}) where it isn't there, or its parts don't fit
   */
  public static HeadProgress get(TensorFile file, String name) {
    try {
      return new HeadProgress(
          Float.parseFloat(file.fact("scale")),
          NetworkTensors.layers(file, LAYERS),
          Moments.get(file, name),
          file.doubles("losses"),
          Integer.parseInt(file.fact("chosen")),
          CurveTensors.get(file));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw VectormillException.input(
          name + " is no checkpoint of heads: " + e.getMessage() + "; delete it");
    }
  }

  private HeadFile() {}
}
