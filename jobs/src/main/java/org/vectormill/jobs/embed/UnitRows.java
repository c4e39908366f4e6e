package org.vectormill.jobs.embed;

import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;

/** How many rows a work unit has where nobody says: some seconds of work on one core. */
final class UnitRows {
  /** Texts that are looked up or counted, and vectors that a small network reads. */
  static final int CHEAP_ROWS = 8192;

  private static final int TEXTS = 2048;
  private static final int IMAGES = 128;

  static int of(EncoderSpec spec) {
    if (spec.modality() == Modality.IMAGE) {
      return IMAGES;
    }
    return spec.engine() == EngineKind.STATIC || spec.engine() == EngineKind.BUILTIN
        ? CHEAP_ROWS
        : TEXTS;
  }

  private UnitRows() {}
}
