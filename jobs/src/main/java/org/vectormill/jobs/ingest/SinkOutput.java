package org.vectormill.jobs.ingest;

import org.vectormill.jobs.ingest.read.IngestFact;
import org.vectormill.jobs.ingest.read.ItemOutput;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.ProcessedSource;
import org.vectormill.schemas.RejectReason;

/** Passes what readers find on to a unit's sink. */
final class SinkOutput implements ItemOutput {
  private final UnitSink sink;
  private final long[] counts = new long[IngestFact.values().length];

  SinkOutput(UnitSink sink) {
    this.sink = sink;
  }

  @Override
  public void read(String id) {
    sink.read(id);
  }

  @Override
  public void item(ItemRow row) {
    sink.item(row);
  }

  @Override
  public void reject(
      String id, String source, String contentHash, RejectReason reason, String message) {
    sink.reject(id, source, contentHash, reason, message);
  }

  @Override
  public void processed(ProcessedSource source) {
    sink.processed(source);
  }

  @Override
  public void count(IngestFact fact, long more) {
    counts[fact.ordinal()] += more;
  }

  /** Hands the counts over; nothing is counted after that. */
  void finish() {
    for (IngestFact fact : IngestFact.values()) {
      sink.fact(fact.code(), counts[fact.ordinal()]);
    }
  }
}
