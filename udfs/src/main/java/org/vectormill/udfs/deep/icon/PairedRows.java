package org.vectormill.udfs.deep.icon;

import java.io.Serializable;
import org.vectormill.udfs.deep.network.Rows;

/**
 * A worker's rows with the nearest other ones of each.
 *
 * @param neighbours numbers of rows, row-major, equally many a row, nearest first; empty where
 *     there are no two rows
 */
public record PairedRows(Rows rows, int[] neighbours) implements Serializable {
  /** Neighbours of each row. */
  int each() {
    return rows.count() == 0 ? 0 : neighbours.length / rows.count();
  }
}
