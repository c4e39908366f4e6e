package org.vectormill.udfs.deep.training;

import java.io.Serializable;

/**
 * One point of a learning curve.
 *
 * @param phase {@link #LAYER}, {@link #PRETRAIN} or {@link #CLUSTER}
 * @param step epoch, or refresh of the target distribution, from 0 in its phase
 * @param loss mean over the rows of the epoch, or of the steps after the refresh; NaN for the last
 *     refresh, after which no step is made
 * @param changed share of the rows whose cluster is not that of the refresh before; 1 for the first
 *     refresh, NaN in pretraining
 */
public record CurvePoint(String phase, int step, double loss, double changed)
    implements Serializable {
  /** One layer learns to reconstruct. */
  public static final String LAYER = "layer";

  /** All layers learn to reconstruct. */
  public static final String PRETRAIN = "pretrain";

  /** Codes and centroids are brought together. */
  public static final String CLUSTER = "cluster";
}
