package org.vectormill.jobs.embed;

import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;

/** How many rows a work unit has where nobody says: some seconds of work on one core. */
final class UnitRows {
  private static final int CHEAP_TEXTS = 8192;
  private static final int TEXTS = 2048;
  private static final int IMAGES = 128;

  static int of(EncoderSpec spec, int asked) {
    if (asked > 0) {
      return asked;
    }
    if (spec.modality() == Modality.IMAGE) {
      return IMAGES;
    }
    return spec.engine() == EngineKind.STATIC || spec.engine() == EngineKind.BUILTIN
        ? CHEAP_TEXTS
        : TEXTS;
  }

  private UnitRows() {}
}
