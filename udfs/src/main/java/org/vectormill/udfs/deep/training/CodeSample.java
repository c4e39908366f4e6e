package org.vectormill.udfs.deep.training;

import java.util.Arrays;
import java.util.List;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.deep.network.Codes;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.WeightedRows;

/** Codes of a bounded number of rows, from which first centroids are chosen. */
public final class CodeSample {
  private static final long BYTES = 64L << 20;

  /** At most 64 MiB of codes: of each worker's first rows, in proportion to how many it has. */
  public static WeightedRows of(
      Workers<Rows> workers, ClusterNetwork network, MatrixSpec matrices) {
    int length = network.codeLength();
    double share = share(workers, length);
    return gathered(
        workers.each(
            network, (worker, rows, weights) -> Codes.of(weights, first(rows, share), matrices)),
        length);
  }

  /** The same of codes that the workers hold. */
  public static WeightedRows of(Workers<Rows> codes, int length) {
    double share = share(codes, length);
    return gathered(codes.each(0, (worker, rows, none) -> first(rows, share).values()), length);
  }

  private static double share(Workers<Rows> workers, int length) {
    return Math.min(1, (double) (BYTES / Float.BYTES / length) / WorkerRows.count(workers));
  }

  /** Each worker's rows lie in the order of their hashes: the first are a sample. */
  private static Rows first(Rows rows, double share) {
    int taken = (int) (rows.count() * share);
    return new Rows(Arrays.copyOf(rows.values(), taken * rows.width()), rows.width());
  }

  private static WeightedRows gathered(List<float[]> codes, int length) {
    int count = codes.stream().mapToInt(part -> part.length / length).sum();
    float[] values = new float[count * length];
    int at = 0;
    for (float[] part : codes) {
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return WeightedRows.equal(length, values);
  }

  private CodeSample() {}
}
