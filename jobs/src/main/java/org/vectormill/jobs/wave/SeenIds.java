package org.vectormill.jobs.wave;

import java.util.List;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.VectormillException;

/** The ids that units saw, against those that the input's commits name. */
public final class SeenIds {
  /**
   * The ids that units took.
   *
   * @throws VectormillException ({@code BUG}) where those and the skipped ones are not {@code
   *     expected}
   */
  public static IdSetHash require(List<UnitOutput> outputs, IdSetHash expected) {
    IdSetHash read = IdSetHash.EMPTY;
    IdSetHash seen = IdSetHash.EMPTY;
    for (UnitOutput output : outputs) {
      read = read.plus(output.read());
      seen = seen.plus(output.read()).plus(output.skipped());
    }
    if (!seen.equals(expected)) {
      throw new VectormillException(
          Fault.BUG,
          "the input's commits name %d items (ids %s), tasks saw %d (ids %s); nothing is published"
              .formatted(expected.count(), expected.hex(), seen.count(), seen.hex()));
    }
    return read;
  }

  private SeenIds() {}
}
