package org.vectormill.jobs.compact;

import java.util.Arrays;
import org.vectormill.schemas.VectorRows;

/** Some rows of a block. */
final class KeptVectors {
  /** The rows where {@code keeps} is true, in their order; the block itself where all are. */
  static VectorRows of(VectorRows rows, boolean[] keeps) {
    int[] kept = kept(keeps);
    if (kept.length == rows.rows()) {
      return rows;
    }
    int d = rows.dimension();
    String[] ids = new String[kept.length];
    String[] hashes = new String[kept.length];
    float[] values = new float[kept.length * d];
    int[] tokens = rows.tokens() == null ? null : new int[kept.length];
    boolean[] truncated = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      ids[i] = rows.ids()[kept[i]];
      hashes[i] = rows.contentHashes()[kept[i]];
      System.arraycopy(rows.values(), kept[i] * d, values, i * d, d);
      truncated[i] = rows.truncated()[kept[i]];
      if (tokens != null) {
        tokens[i] = rows.tokens()[kept[i]];
      }
    }
    return new VectorRows(ids, hashes, rows.encoder(), d, values, tokens, truncated);
  }

  private static int[] kept(boolean[] keeps) {
    int[] positions = new int[keeps.length];
    int count = 0;
    for (int i = 0; i < keeps.length; i++) {
      if (keeps[i]) {
        positions[count++] = i;
      }
    }
    return Arrays.copyOf(positions, count);
  }

  private KeptVectors() {}
}
