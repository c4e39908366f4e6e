package org.vectormill.udfs.deep.training;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.tensors.TensorFile;

/** A learning curve in a safetensors file. */
public final class CurveTensors {
  /** Files have their places in this list: add new ones at its end. */
  private static final List<String> PHASES =
      List.of(CurvePoint.LAYER, CurvePoint.PRETRAIN, CurvePoint.CLUSTER, CurvePoint.HEADS);

  /** Writes the curve. */
  public static void put(TensorFile file, List<CurvePoint> curve) {
    int n = curve.size();
    file.put("curve.phase", curve.stream().mapToLong(p -> PHASES.indexOf(p.phase())).toArray(), n);
    file.put("curve.step", curve.stream().mapToLong(CurvePoint::step).toArray(), n);
    file.put("curve.loss", curve.stream().mapToDouble(CurvePoint::loss).toArray(), n);
    file.put("curve.changed", curve.stream().mapToDouble(CurvePoint::changed).toArray(), n);
  }

  /** The curve that was written. */
  public static List<CurvePoint> get(TensorFile file) {
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

  private CurveTensors() {}
}
