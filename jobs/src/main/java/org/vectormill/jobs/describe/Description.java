package org.vectormill.jobs.describe;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.vectormill.schemas.TableManifest;

/**
 * What a table holds.
 *
 * @param rows current rows: committed and not replaced by a later wave
 * @param replacedRows committed rows that a later wave replaced; a foreign reader of {@code wave=*}
 *     still sees them
 * @param rejects current rejects
 * @param awaitedRejects those of them that the next run takes up again
 * @param oldFilesLeft whether files of waves that a compaction replaced are still there, which a
 *     foreign reader of {@code wave=*} sees beside the new ones
 * @param norms null where the table has no vectors or no rows
 * @param rejectsByReason {@code stage/reason} to count, sorted
 * @param firstRows the rows asked for, by column
 * @param firstRejects the rejects asked for, by column
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Description(
    @JsonProperty("uri") String uri,
    @JsonProperty("manifest") TableManifest manifest,
    @JsonProperty("rows") long rows,
    @JsonProperty("replaced_rows") long replacedRows,
    @JsonProperty("rejects") long rejects,
    @JsonProperty("awaited_rejects") long awaitedRejects,
    @JsonProperty("old_files_left") boolean oldFilesLeft,
    @JsonProperty("files") int files,
    @JsonProperty("bytes") long bytes,
    @JsonProperty("norms") NormSummary norms,
    @JsonProperty("waves") List<Wave> waves,
    @JsonProperty("rejects_by_reason") Map<String, Long> rejectsByReason,
    @JsonProperty("first_rows") List<Map<String, Object>> firstRows,
    @JsonProperty("first_rejects") List<Map<String, Object>> firstRejects) {

  /** Whether a reader of {@code wave=*} sees other rows than the current ones. */
  @JsonProperty("foreign_readers_differ")
  boolean foreignReadersDiffer() {
    return replacedRows > 0 || oldFilesLeft;
  }

  /**
   * One committed wave.
   *
   * @param newIds rows whose ids had none before; 0 for a compaction
   * @param replacedIds rows that replaced one of the same id: changed items
   * @param removedIds rows of earlier waves that this one removed: vanished items
   * @param compacts last of the waves that this one stands for; 0 for none
   */
  record Wave(
      @JsonProperty("wave") int wave,
      @JsonProperty("rows") long rows,
      @JsonProperty("rejects") long rejects,
      @JsonProperty("new_ids") long newIds,
      @JsonProperty("replaced_ids") long replacedIds,
      @JsonProperty("removed_ids") long removedIds,
      @JsonProperty("compacts") int compacts,
      @JsonProperty("run_id") String runId,
      @JsonProperty("committed_at") String committedAt) {}

  /** Euclidean norms over all committed vectors. */
  record NormSummary(
      @JsonProperty("min") double min,
      @JsonProperty("mean") double mean,
      @JsonProperty("max") double max) {}
}
