package org.vectormill.udfs.deep.training;

import java.io.Serializable;

/**
 * One point of a learning curve.
 *
 * @param phase {@link #LAYER}, {@link #PRETRAIN}, {@link #HEADS} or {@link #CLUSTER}
 * @param step epoch, round of heads, or look at all rows while they are clustered, from 0 in its
 *     phase
 * @param loss mean over the rows of the epoch or the steps of the round, or of the steps after the
 *     look; NaN for the last one, after which no step is made
 * @param changed share of the rows whose cluster is not that of the look before; 1 for the first
 *     one, NaN before clustering
 */
public record CurvePoint(String phase, int step, double loss, double changed)
    implements Serializable {
  /** One layer learns to reconstruct. */
  public static final String LAYER = "layer";

  /** All layers learn to reconstruct. */
  public static final String PRETRAIN = "pretrain";

  /** Heads on the codes learn what clustering starts from; the loss is that of the best one. */
  public static final String HEADS = "heads";

  /** Codes and centroids are brought together. */
  public static final String CLUSTER = "cluster";

  /** Where on a learning curve something is, as tables and messages name it. */
  public static String at(String phase, int step) {
    return phase + "=" + step;
  }
}
