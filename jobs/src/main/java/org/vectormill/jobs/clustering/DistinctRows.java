package org.vectormill.jobs.clustering;

import org.vectormill.schemas.VectormillException;

/** Clusters need rows that differ. */
final class DistinctRows {
  /**
   * @param input URI of the table, for messages
   * @throws VectormillException ({@code INPUT}) where no two rows differ, ({@code USAGE}) where
   *     fewer than {@code k} do
   */
  static void require(BlockSet set, int k, String input) {
    if (set.rows() == 0) {
      throw VectormillException.input(
          "--input " + input + ": no vector that can be clustered is there");
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
