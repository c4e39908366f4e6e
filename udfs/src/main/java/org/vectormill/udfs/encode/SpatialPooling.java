package org.vectormill.udfs.encode;

/** How an image encoder's output becomes one vector. */
public enum SpatialPooling {
  /** None: the output is one vector a row already. */
  NONE,
  /** Mean over positions. */
  MEAN,
  /** Maximum over positions. */
  MAX,
  /** Generalised mean, (mean of x^p)^(1/p), Radenović et al. 2018. */
  GEM,
  /** The first token of a sequence output. */
  CLS
}
