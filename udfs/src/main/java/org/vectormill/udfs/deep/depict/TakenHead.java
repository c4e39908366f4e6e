package org.vectormill.udfs.deep.depict;

import org.vectormill.udfs.deep.icon.HeadProgress;

/**
 * The head that clustering started from, among its like.
 *
 * @param number of the head
 * @param losses of all heads in their last round
 */
public record TakenHead(int number, double[] losses) {
  static TakenHead of(HeadProgress ended) {
    return new TakenHead(ended.chosen(), ended.losses());
  }
}
