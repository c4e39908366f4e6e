package org.vectormill.udfs.deep.depict;

import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.icon.HeadFile;
import org.vectormill.udfs.deep.network.ConvTensors;
import org.vectormill.udfs.deep.training.CurveTensors;
import org.vectormill.udfs.deep.training.Moments;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link DepictProgress} as a file. */
public final class DepictFile {
  private static final String BEFORE = "before.";
  private static final String HEADS = "start.";
  private static final String TAKEN = "taken";
  private static final String LOSSES = "losses";

  public static byte[] write(DepictProgress progress) {
    TensorFile file = new TensorFile().fact("ended", String.valueOf(progress.ended()));
    ConvTensors.put(file, "", progress.weights());
    if (progress.before() != null) {
      ConvTensors.put(file, BEFORE, progress.before());
    }
    if (progress.heads() != null) {
      HeadFile.put(file.under(HEADS), progress.heads());
    }
    TakenHead taken = progress.taken();
    if (taken != null) {
      file.fact(TAKEN, String.valueOf(taken.number()));
      file.put(LOSSES, taken.losses(), taken.losses().length);
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
        HeadFile.has(heads) ? HeadFile.get(heads, name) : null,
        taken(file, name),
        CurveTensors.get(file),
        Boolean.parseBoolean(file.fact("ended")));
  }

  private static TakenHead taken(TensorFile file, String name) {
    String number = file.fact(TAKEN);
    try {
      return number == null ? null : new TakenHead(Integer.parseInt(number), file.doubles(LOSSES));
    } catch (NumberFormatException e) {
      throw VectormillException.input(
          name + " is no checkpoint of depict: head " + number + "; delete it");
    }
  }

  private DepictFile() {}
}
