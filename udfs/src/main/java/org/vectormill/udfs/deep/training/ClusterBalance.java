package org.vectormill.udfs.deep.training;

import java.util.Arrays;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Clusters that merge in training: one is empty, or one has swallowed nearly all rows. */
public final class ClusterBalance {
  private static final double SWALLOWED = 0.9;

  /**
   * @param refresh of the target distribution, or part of the training, for the message
   * @throws VectormillException ({@code QUALITY}) naming the cluster
   */
  public static void check(long[] sizes, int refresh) {
    long rows = Arrays.stream(sizes).sum();
    for (int j = 0; j < sizes.length; j++) {
      if (sizes[j] == 0 || sizes[j] > SWALLOWED * rows) {
        throw new VectormillException(
            Fault.QUALITY,
            ("clusters merged: cluster %d has %d of %d rows at part %d; ask for fewer clusters,"
                    + " train for longer (--epochs), or lower the rates")
                .formatted(j, sizes[j], rows, refresh));
      }
    }
  }

  private ClusterBalance() {}
}
