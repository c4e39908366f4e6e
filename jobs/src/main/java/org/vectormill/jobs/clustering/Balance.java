package org.vectormill.jobs.clustering;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;

/**
 * A bound on the size of clusters.
 *
 * @param ratio to the mean size, at least 1.01
 */
record Balance(double ratio) implements Serializable {
  Balance {
    if (!(ratio >= 1.01)) {
      throw VectormillException.usage("--balanced must be at least 1.01, got " + ratio);
    }
  }
}
