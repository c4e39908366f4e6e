package org.vectormill.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;

/**
 * One wave's commit file, {@code _vectormill/commits/NNNNN.json}: what a table gained in one run.
 *
 * @param wave number from 1
 * @param runId run that published it
 * @param committedAt ISO-8601 instant
 * @param files data files, paths relative to the table
 * @param rejectFiles files of {@code _rejects}, paths relative to the table
 * @param replaced Parquet files with one column {@code id}: ids whose rows in earlier waves are no
 *     longer current; paths relative to the table
 * @param processed Parquet files of the sources (source, size, version) that the run took; paths
 *     relative to the table, empty where the job has none
 * @param inputWaves waves of the input tables that are done with this run, as {@code
 *     uri#wave@run@time}
 */
public record WaveCommit(
    @JsonProperty("wave") int wave,
    @JsonProperty("run_id") String runId,
    @JsonProperty("committed_at") String committedAt,
    @JsonProperty("files") List<DataFile> files,
    @JsonProperty("reject_files") List<DataFile> rejectFiles,
    @JsonProperty("replaced") List<DataFile> replaced,
    @JsonProperty("processed") List<DataFile> processed,
    @JsonProperty("input_waves") List<String> inputWaves) {

  /** What is missing in a commit that was read; null where nothing is. */
  String problem() {
    if (wave < 1) {
      return "no wave number";
    }
    return runId == null
            || committedAt == null
            || files == null
            || rejectFiles == null
            || replaced == null
            || processed == null
            || inputWaves == null
        ? "one of run_id, committed_at, files, reject_files, replaced, processed and input_waves"
            + " is missing"
        : null;
  }

  /** Rows over all data files. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /** Rows over all reject files. */
  public long rejects() {
    return rejectFiles.stream().mapToLong(DataFile::rows).sum();
  }

  /** Everything that the wave added. */
  Stream<DataFile> listed() {
    return Stream.of(files, rejectFiles, replaced, processed).flatMap(List::stream);
  }

  /**
   * Whether the reject gate kept the run's rows back: its rejects are there to be looked at, and
   * none of its items is done.
   */
  public boolean withheld() {
    return files.isEmpty() && processed.isEmpty() && inputWaves.isEmpty();
  }
}
