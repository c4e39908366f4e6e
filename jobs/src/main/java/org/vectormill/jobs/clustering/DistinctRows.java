package org.vectormill.jobs.clustering;

import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.PackedUnit;

/** Clusters need rows that differ. */
final class DistinctRows {
  /**
   * @param input URI of the table, for messages
   * @param read rows that it has, usable or not
   * @throws VectormillException ({@code INPUT}) where no two rows differ, ({@code USAGE}) where
   *     fewer than {@code k} do
   */
  static void require(BlockSet set, int k, String input, long read) {
    if (set.rows() == 0) {
      throw VectormillException.input(
          read == 0
              ? "--input "
                  + input
                  + ": the table has no rows; name one that has, or embed items first"
              : "--input %s: none of its %,d vectors can be clustered: they hold NaN or an infinity, are all zero, or longer than %.0e; look at the encoder and the items"
                  .formatted(input, read, PackedUnit.MOST_LENGTH));
    }
    if (set.distinct() == 1 && set.rows() > 1) {
      throw VectormillException.input(
          "--input "
              + input
              + ": all "
              + set.rows()
              + " vectors are equal, so there is nothing to tell apart; look at the encoder and"
              + " the items");
    }
    if (set.distinct() < k) {
      throw VectormillException.usage(
          "--k "
              + k
              + ": the "
              + set.rows()
              + " vectors of "
              + input
              + " have only "
              + set.distinct()
              + " distinct values; ask for at most so many clusters");
    }
  }

  private DistinctRows() {}
}
