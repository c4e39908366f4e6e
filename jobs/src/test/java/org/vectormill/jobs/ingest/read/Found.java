package org.vectormill.jobs.ingest.read;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.ProcessedSource;
import org.vectormill.schemas.RejectReason;

/** Keeps what readers find. */
final class Found implements ItemOutput {
  record Reject(String id, String hash, RejectReason reason, String message) {}

  final List<String> read = new ArrayList<>();
  final List<ItemRow> items = new ArrayList<>();
  final List<Reject> rejects = new ArrayList<>();
  final List<ProcessedSource> processed = new ArrayList<>();
  final Map<IngestFact, Long> counts = new EnumMap<>(IngestFact.class);

  @Override
  public void read(String id) {
    read.add(id);
  }

  @Override
  public void item(ItemRow row) {
    items.add(row);
  }

  @Override
  public void reject(
      String id, String source, String contentHash, RejectReason reason, String message) {
    rejects.add(new Reject(id, contentHash, reason, message));
  }

  @Override
  public void processed(ProcessedSource source) {
    processed.add(source);
  }

  @Override
  public void count(IngestFact fact, long more) {
    counts.merge(fact, more, Long::sum);
  }

  List<String> ids() {
    return items.stream().map(ItemRow::id).toList();
  }

  List<String> texts() {
    return items.stream().map(ItemRow::text).toList();
  }

  ItemRow item(String id) {
    return items.stream().filter(item -> item.id().equals(id)).findFirst().orElseThrow();
  }

  /** Rejects as {@code id reason}. */
  List<String> refused() {
    return rejects.stream().map(reject -> reject.id() + " " + reject.reason().code()).toList();
  }
}
