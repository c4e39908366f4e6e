package org.vectormill.jobs.wave;

import java.io.IOException;
import java.io.Serializable;

/**
 * What a task does with one work unit. It travels to executors, so it holds specs and no loaded
 * things; the same unit always gives the same rows.
 */
@FunctionalInterface
public interface UnitWork<U extends Serializable> extends Serializable {
  /** Reads the unit and puts all that comes of it into the sink, which the caller closes. */
  void run(U unit, UnitSink sink) throws IOException;
}
