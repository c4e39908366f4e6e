package org.vectormill.udfs.deep;

import java.util.Arrays;

/** Clusters that merged: one is empty, or one has swallowed nearly all rows. */
public final class CollapsedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final double SWALLOWED = 0.9;

  private CollapsedException(String message) {
    super(message);
  }

  static void check(long[] sizes, int refresh) {
    long rows = Arrays.stream(sizes).sum();
    for (int j = 0; j < sizes.length; j++) {
      if (sizes.length > 1 && (sizes[j] == 0 || sizes[j] > SWALLOWED * rows)) {
        throw new CollapsedException(
            "cluster %d has %d of %d rows at refresh %d; fewer clusters, more pretraining, or a lower learning rate may help"
                .formatted(j, sizes[j], rows, refresh));
      }
    }
  }
}
