package org.vectormill.jobs.ingest.read;

import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.ProcessedSource;
import org.vectormill.schemas.RejectReason;

/** Where readers put what they find. For each {@link #read} follows one row or one reject. */
public interface ItemOutput {
  /** An id was taken from the input. */
  void read(String id);

  void item(ItemRow row);

  /**
   * @param contentHash null where the content could not be read
   */
  void reject(String id, String source, String contentHash, RejectReason reason, String message);

  /** A source was taken up as it is. */
  void processed(ProcessedSource source);

  /** Adds to a count of the run's result. */
  void count(IngestFact fact, long more);
}
