package org.vectormill.schemas;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a run publishes. Paths are full URIs of staged files.
 *
 * @param files data files
 * @param rejectFiles reject files
 * @param replaced lists of ids whose rows in earlier waves give way to rows of these files
 * @param removed lists of ids whose rows in earlier waves are gone without another
 * @param removedRejects lists of ids whose rejects in earlier waves are gone: their items vanished,
 *     or have a row or another reject now
 * @param retried files of rejects, of this wave or earlier ones, that are to be tried again
 * @param processed lists of sources that the run took
 * @param inputWaves waves of the input tables that are done with this run
 * @param compaction null but for a wave that stands for all earlier ones
 */
public record WaveContent(
    List<DataFile> files,
    List<DataFile> rejectFiles,
    List<DataFile> replaced,
    List<DataFile> removed,
    List<DataFile> removedRejects,
    List<DataFile> retried,
    List<DataFile> processed,
    List<String> inputWaves,
    Compaction compaction) {

  /** Nothing yet. */
  public static WaveContent empty() {
    return new WaveContent(
        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
        null);
  }

  /** Whether publishing it would change nothing. */
  public boolean isEmpty() {
    return compaction == null
        && Stream.of(
                files,
                rejectFiles,
                replaced,
                removed,
                removedRejects,
                retried,
                processed,
                inputWaves)
            .allMatch(List::isEmpty);
  }

  public WaveContent withRows(List<DataFile> data, List<DataFile> rejects) {
    return new WaveContent(
        data,
        rejects,
        replaced,
        removed,
        removedRejects,
        retried,
        processed,
        inputWaves,
        compaction);
  }

  public WaveContent withHidden(List<DataFile> replacedIds, List<DataFile> removedIds) {
    return new WaveContent(
        files,
        rejectFiles,
        replacedIds,
        removedIds,
        removedRejects,
        retried,
        processed,
        inputWaves,
        compaction);
  }

  public WaveContent withoutRejects(List<DataFile> ids) {
    return new WaveContent(
        files, rejectFiles, replaced, removed, ids, retried, processed, inputWaves, compaction);
  }

  public WaveContent withRetried(List<DataFile> rejects) {
    return new WaveContent(
        files,
        rejectFiles,
        replaced,
        removed,
        removedRejects,
        rejects,
        processed,
        inputWaves,
        compaction);
  }

  public WaveContent withDone(List<DataFile> sources, List<String> waves) {
    return new WaveContent(
        files, rejectFiles, replaced, removed, removedRejects, retried, sources, waves, compaction);
  }

  public WaveContent withCompaction(Compaction of) {
    return new WaveContent(
        files, rejectFiles, replaced, removed, removedRejects, retried, processed, inputWaves, of);
  }
}
