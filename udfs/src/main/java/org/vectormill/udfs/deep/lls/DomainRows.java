package org.vectormill.udfs.deep.lls;

import java.io.Serializable;
import org.vectormill.udfs.deep.network.Rows;

/**
 * A worker's rows and the domain that each comes from.
 *
 * @param domains numbers from 0, one a row
 */
public record DomainRows(Rows rows, int[] domains) implements Serializable {
  public DomainRows {
    if (domains.length != rows.count()) {
      throw new IllegalArgumentException(rows.count() + " rows, " + domains.length + " domains");
    }
  }

  /**
   * Rows from this one on are never trained on: they say when to stop. Rows lie in random order.
   */
  int heldOutFrom() {
    return rows.count() - rows.count() / 10;
  }
}
