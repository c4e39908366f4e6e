package org.vectormill.jobs.wave;

import java.io.Serializable;

/**
 * A piece of a run's work, planned from the input alone. No batch or matrix block crosses it.
 *
 * @param key its name within the plan, of letters, digits, dots and dashes; the same plan gives the
 *     same keys
 */
public record WorkUnit<U extends Serializable>(String key, U content) implements Serializable {}
