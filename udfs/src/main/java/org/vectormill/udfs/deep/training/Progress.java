package org.vectormill.udfs.deep.training;

import java.util.List;

/** Where a training stands between two of its parts: all that the next one depends on. */
public interface Progress {
  /** What each part came to. */
  List<CurvePoint> curve();

  /** Whether nothing is left to do. */
  boolean ended();

  /** Parts that are done. */
  default int parts() {
    return curve().size();
  }
}
