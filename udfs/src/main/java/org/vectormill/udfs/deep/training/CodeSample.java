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
    long most = BYTES / Float.BYTES / length;
    long all = WorkerRows.count(workers);
    List<float[]> codes =
        workers.each(
            network,
            (worker, rows, weights) -> {
              // Each worker's rows lie in the order of their hashes: the first are a sample.
              int taken = (int) (rows.count() * Math.min(1, (double) most / all));
              float[] first = Arrays.copyOf(rows.values(), taken * rows.width());
              return Codes.of(weights, new Rows(first, rows.width()), matrices);
            });
    return gathered(codes, length);
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
