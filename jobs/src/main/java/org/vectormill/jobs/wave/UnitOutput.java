package org.vectormill.jobs.wave;

import com.fasterxml.jackson.annotation.JsonProperty;
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
    @JsonProperty("key") String key,
    @JsonProperty("files") List<DataFile> files,
    @JsonProperty("reject_files") List<DataFile> rejectFiles,
    @JsonProperty("processed") List<DataFile> processed,
    @JsonProperty("read") IdSetHash read,
    @JsonProperty("skipped") IdSetHash skipped,
    @JsonProperty("executor") String executor,
    @JsonProperty("facts") Map<String, Double> facts)
    implements Serializable {

  /** Rows and rejects together. */
  long items() {
    return read.count();
  }

  UnitOutput withKey(String other) {
    return new UnitOutput(other, files, rejectFiles, processed, read, skipped, executor, facts);
  }

  UnitOutput withFacts(Map<String, Double> others) {
    return new UnitOutput(key, files, rejectFiles, processed, read, skipped, executor, others);
  }
}
