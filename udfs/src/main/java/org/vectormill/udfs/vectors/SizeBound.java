package org.vectormill.udfs.vectors;

import java.util.Arrays;

/**
 * Penalties that keep clusters from having more than so many rows, on their way: each pass over the
 * rows, a cluster with too many gets a larger penalty, one that is well below the bound a smaller
 * one, by a step that grows while it goes on in one direction and is halved where it turns (Rprop,
 * Riedmiller and Braun 1993, on the dual of the assignment with capacities). Only on which side of
 * the bound a size is counts, so it does not matter how far apart clusters lie.
 *
 * @param passes that were taken
 * @param penalties added to each cluster's cost, 0 or more
 * @param steps of each cluster's last move, or what its first is of; never shorter than its
 *     penalty's last bit
 * @param moves the direction of each cluster's last one: 1, -1, or 0 before the first
 */
public record SizeBound(int passes, float[] penalties, float[] steps, float[] moves) {
  private static final float FIRST_STEP = 0.01f;
  private static final float LONGER = 1.5f;
  private static final float SHORTER = 0.5f;

  /** Clusters with a smaller share of the bound than this take rows back. */
  private static final double WELL_BELOW = 0.95;

  /**
   * @param unit a typical cost of a row, above 0
   */
  public static SizeBound start(int clusters, double unit) {
    float[] steps = new float[clusters];
    Arrays.fill(steps, (float) (FIRST_STEP * unit));
    return new SizeBound(0, new float[clusters], steps, new float[clusters]);
  }

  /**
   * After one more pass.
   *
   * @param sizes rows of each cluster under the penalties
   * @param most rows that a cluster may have
   */
  public SizeBound moved(long[] sizes, long most) {
    float[] nextPenalties = penalties.clone();
    float[] nextSteps = steps.clone();
    float[] nextMoves = moves.clone();
    for (int c = 0; c < sizes.length; c++) {
      float move = move(sizes[c], most, penalties[c]);
      if (move == 0) {
        continue;
      }
      if (move == moves[c]) {
        nextSteps[c] *= LONGER;
      } else if (moves[c] != 0) {
        nextSteps[c] *= SHORTER;
      }
      nextSteps[c] = Math.max(nextSteps[c], shortest(penalties[c]));
      nextPenalties[c] = Math.max(0, penalties[c] + move * nextSteps[c]);
      nextMoves[c] = move;
    }
    return new SizeBound(passes + 1, nextPenalties, nextSteps, nextMoves);
  }

  private static float move(long size, long most, float penalty) {
    if (size > most) {
      return 1;
    }
    return size < WELL_BELOW * most && penalty > 0 ? -1 : 0;
  }

  /**
   * Whether all that is left is to turn about by last bits of penalties: rows that are equal can't
   * be split.
   */
  public boolean isStuck(long[] sizes, long most) {
    for (int c = 0; c < sizes.length; c++) {
      float move = move(sizes[c], most, penalties[c]);
      if (move != 0 && (move != -moves[c] || steps[c] > shortest(penalties[c]))) {
        return false;
      }
    }
    return true;
  }

  private static float shortest(float penalty) {
    return Math.max(Math.ulp(penalty), Float.MIN_NORMAL);
  }
}
