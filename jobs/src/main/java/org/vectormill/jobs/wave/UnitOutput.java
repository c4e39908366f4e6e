package org.vectormill.jobs.wave;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;

/**
 * What one work unit staged.
 *
 * @param key the unit's
 * @param files staged data files, paths as full URIs
 * @param rejectFiles staged reject files, paths as full URIs
 * @param processed staged files of processed sources, paths as full URIs
 * @param read ids that the unit took from its input, rejected ones included
 * @param skipped ids that the unit saw and that were not meant for this run
 * @param executor executor id
 * @param facts small facts for the result, such as encoder loads or seconds by stage
 */
public record UnitOutput(
    String key,
    List<DataFile> files,
    List<DataFile> rejectFiles,
    List<DataFile> processed,
    IdSetHash read,
    IdSetHash skipped,
    String executor,
    Map<String, Double> facts)
    implements Serializable {

  /** Rows and rejects together. */
  long items() {
    return read.count();
  }
}
