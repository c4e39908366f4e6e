package org.vectormill.udfs.deep;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.tensors.TensorFile;

/** A {@link DeepProgress} as a file. */
public final class ProgressFile {
  private static final String BEFORE = "before.";
  private static final String CENTROIDS = "centroids";
  private static final List<String> PHASES =
      List.of(CurvePoint.LAYER, CurvePoint.PRETRAIN, CurvePoint.CLUSTER);

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
    List<CurvePoint> curve = progress.curve();
    int n = curve.size();
    file.put("curve.phase", curve.stream().mapToLong(p -> PHASES.indexOf(p.phase())).toArray(), n);
    file.put("curve.step", curve.stream().mapToLong(CurvePoint::step).toArray(), n);
    file.put("curve.loss", curve.stream().mapToDouble(CurvePoint::loss).toArray(), n);
    file.put("curve.changed", curve.stream().mapToDouble(CurvePoint::changed).toArray(), n);
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
    Autoencoder weights = NetworkTensors.get(file, "", name);
    DeepState before =
        NetworkTensors.has(file, BEFORE)
            ? new DeepState(NetworkTensors.get(file, BEFORE, name), file.floats(BEFORE + CENTROIDS))
            : null;
    return new DeepProgress(
        Integer.parseInt(file.fact("epochs")),
        weights,
        file.has(CENTROIDS) ? file.floats(CENTROIDS) : null,
        before,
        curve(file),
        Boolean.parseBoolean(file.fact("ended")));
  }

  private static List<CurvePoint> curve(TensorFile file) {
    long[] phases = file.longs("curve.phase");
    long[] steps = file.longs("curve.step");
    double[] losses = file.doubles("curve.loss");
    double[] changed = file.doubles("curve.changed");
    List<CurvePoint> curve = new ArrayList<>();
    for (int i = 0; i < phases.length; i++) {
      curve.add(new CurvePoint(PHASES.get((int) phases[i]), (int) steps[i], losses[i], changed[i]));
    }
    return curve;
  }

  private ProgressFile() {}
}
