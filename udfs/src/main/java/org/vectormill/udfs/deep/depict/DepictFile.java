package org.vectormill.udfs.deep.depict;

import org.vectormill.udfs.deep.icon.HeadFile;
import org.vectormill.udfs.deep.network.ConvTensors;
import org.vectormill.udfs.deep.training.CurveTensors;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link DepictProgress} as a file. */
public final class DepictFile {
  private static final String BEFORE = "before.";
  private static final String HEADS = "start.";

  public static byte[] write(DepictProgress progress) {
    TensorFile file = new TensorFile().fact("ended", String.valueOf(progress.ended()));
    ConvTensors.put(file, "", progress.weights());
    if (progress.before() != null) {
      ConvTensors.put(file, BEFORE, progress.before());
    }
    if (progress.heads() != null) {
      HeadFile.put(file.under(HEADS), progress.heads());
    }
    progress.moments().put(file);
    CurveTensors.put(file, progress.curve());
    return file.write();
  }

  /**
   * @throws org.vectormill.schemas.VectormillException ({@code INPUT}) where the bytes are no such
   *     file
   */
  public static DepictProgress read(byte[] bytes, String name) {
    TensorFile file = TensorFile.read(bytes, name);
    TensorFile heads = file.under(HEADS);
    return new DepictProgress(
        ConvTensors.get(file, "", name),
        Moments.get(file, name),
        ConvTensors.has(file, BEFORE) ? ConvTensors.get(file, BEFORE, name) : null,
        HeadFile.in(heads) ? HeadFile.get(heads, name) : null,
        CurveTensors.get(file),
        Boolean.parseBoolean(file.fact("ended")));
  }

  private DepictFile() {}
}
