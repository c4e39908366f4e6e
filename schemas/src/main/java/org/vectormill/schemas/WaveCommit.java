package org.vectormill.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One wave's commit file, {@code _vectormill/commits/NNNNN.json}: what a table gained in one run.
 *
 * @param wave number from 1
 * @param runId run that published it
 * @param committedAt ISO-8601 instant
 * @param requires what a reader has to know to read the table right; one that doesn't know all of
 *     it must refuse the table
 * @param files data files, paths relative to the table
 * @param rejectFiles files of {@code _rejects}, paths relative to the table
 * @param replaced Parquet files with one column {@code id}: ids whose rows in earlier waves give
 *     way to rows of this one; paths relative to the table
 * @param removed Parquet files with one column {@code id}: ids whose rows in earlier waves are gone
 *     without another; paths relative to the table. In a compaction, which has dropped those rows,
 *     they tell tables made from this one
 * @param removedRejects Parquet files with one column {@code id}: ids whose rejects in earlier
 *     waves are gone; paths relative to the table
 * @param retried Parquet files of rejects, of this wave or earlier ones, that are to be tried
 *     again; paths relative to the table
 * @param processed Parquet files of the sources (source, size, version) that the run took; paths
 *     relative to the table, empty where the job has none
 * @param inputWaves waves of the input tables that are done with this run, as {@code
 *     uri#wave@run@time}
 * @param compaction null but for a wave that stands for all earlier ones
 * @param manifest what the table is from this wave on, in place of what its manifest's file says;
 *     null where no wave up to this one has changed it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WaveCommit(
    @JsonProperty("wave") int wave,
    @JsonProperty("run_id") String runId,
    @JsonProperty("committed_at") String committedAt,
    @JsonProperty("requires") List<String> requires,
    @JsonProperty("files") List<DataFile> files,
    @JsonProperty("reject_files") List<DataFile> rejectFiles,
    @JsonProperty("replaced") List<DataFile> replaced,
    @JsonProperty("removed") List<DataFile> removed,
    @JsonProperty("removed_rejects") List<DataFile> removedRejects,
    @JsonProperty("retried") List<DataFile> retried,
    @JsonProperty("processed") List<DataFile> processed,
    @JsonProperty("input_waves") List<String> inputWaves,
    @JsonProperty("compaction") Compaction compaction,
    @JsonProperty("manifest") TableManifest manifest) {

  private static final String COMPACTION = "compaction";
  private static final Set<String> KNOWN = Set.of(COMPACTION);

  public WaveCommit {
    requires = listOf(requires);
    removed = listOf(removed);
    removedRejects = listOf(removedRejects);
    retried = listOf(retried);
  }

  /** The commit of content whose paths are relative to the table. */
  static WaveCommit of(int wave, String runId, String committedAt, WaveContent content) {
    return new WaveCommit(
        wave,
        runId,
        committedAt,
        content.compaction() == null ? List.of() : List.of(COMPACTION),
        content.files(),
        content.rejectFiles(),
        content.replaced(),
        content.removed(),
        content.removedRejects(),
        content.retried(),
        content.processed(),
        content.inputWaves(),
        content.compaction(),
        null);
  }

  /** The same, which states what the table is from here on. */
  WaveCommit stating(TableManifest what) {
    return new WaveCommit(
        wave,
        runId,
        committedAt,
        requires,
        files,
        rejectFiles,
        replaced,
        removed,
        removedRejects,
        retried,
        processed,
        inputWaves,
        compaction,
        what);
  }

  /** Fields that commits of one wave alone don't have are empty there. */
  private static <T> List<T> listOf(List<T> values) {
    return values == null ? List.of() : List.copyOf(values);
  }

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

  /** What this commit requires and this version doesn't know; empty where all is known. */
  Optional<String> unknownRequirement() {
    return requires.stream().filter(one -> !KNOWN.contains(one)).findFirst();
  }

  /** Rows over all data files. */
  public long rows() {
    return rows(files);
  }

  /** Rows over all reject files. */
  public long rejects() {
    return rows(rejectFiles);
  }

  /** Ids whose older rows give way to rows of this wave. */
  public long replacedIds() {
    return rows(replaced);
  }

  /** Ids whose rows this wave removed; 0 for a compaction, which finds them gone already. */
  public long removedIds() {
    return isCompaction() ? 0 : rows(removed);
  }

  private static long rows(List<DataFile> of) {
    return of.stream().mapToLong(DataFile::rows).sum();
  }

  /** Whether this wave stands for all earlier ones, whose files are no longer read. */
  public boolean isCompaction() {
    return compaction != null;
  }

  /** Whether readers see fewer rows of earlier waves than before. */
  boolean hides() {
    return !isCompaction() && !(replaced.isEmpty() && removed.isEmpty());
  }

  /** Bytes of everything that the wave added. */
  public long bytes() {
    return listed().mapToLong(DataFile::bytes).sum();
  }

  /** Everything that the wave added. */
  Stream<DataFile> listed() {
    return Stream.of(files, rejectFiles, replaced, removed, removedRejects, retried, processed)
        .flatMap(List::stream);
  }

  /**
   * Whether the reject gate kept the run's rows back: its rejects are there to be looked at, and
   * none of its items is done.
   */
  public boolean withheld() {
    return !isCompaction()
        && Stream.of(files, replaced, removed, removedRejects, retried, processed, inputWaves)
            .allMatch(List::isEmpty);
  }
}
