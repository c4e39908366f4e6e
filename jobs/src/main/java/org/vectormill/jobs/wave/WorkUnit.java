package org.vectormill.jobs.wave;

import java.io.Serializable;

/**
 * A piece of a run's work, planned from the input alone. No batch or matrix block crosses it.
 *
 * @param key its place in the order of the plan; letters, digits, dots and dashes
 * @param identity names what it holds, whatever the plan around it: the same identity under the
 *     same options gives the same rows
 */
public record WorkUnit<U extends Serializable>(String key, String identity, U content)
    implements Serializable {

  /**
   * @param facts all that decides what the unit holds, such as file names, versions and positions
   */
  public static <U extends Serializable> WorkUnit<U> of(String key, U content, Object... facts) {
    return new WorkUnit<>(key, Identity.of(facts), content);
  }
}
