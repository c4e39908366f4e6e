package org.vectormill.udfs.encode;

/** How token vectors become one vector; padding never counts, on whichever side it stands. */
public enum Pooling {
  /** The first token that is not padding. */
  CLS,
  /** Mean over tokens. */
  MEAN,
  /** Maximum over tokens, by component. */
  MAX,
  /** The last token that is not padding. */
  LAST,
  /** Mean weighted by position 1..n, as SGPT (Muennighoff 2022) does. */
  WEIGHTED_MEAN,
  /** None: the output is one vector a row already. */
  NONE
}
