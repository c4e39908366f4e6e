package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.ContentHash;

/** Makes items of the records of one file. */
final class RecordIntake {
  private final ReadSpec spec;
  private final Columns columns;
  private final SourceFile file;
  private final Intake intake;
  private final LinkedImages linked;

  RecordIntake(
      ReadSpec spec, Columns columns, SourceFile file, Intake intake, LinkedImages linked) {
    this.spec = spec;
    this.columns = columns;
    this.file = file;
    this.intake = intake;
    this.linked = linked;
  }

  /**
   * Takes one record.
   *
   * @param place the id that it has by its place, such as {@code path#L17}
   * @param raw bytes of the record, for the hash of one that is refused; null where there are none
   */
  void take(Fields fields, String place, byte[] raw) throws IOException {
    String id = place;
    try {
      id = id(fields, place);
      Candidate item =
          new Candidate(id, file, false, label(fields), split(fields), attributes(fields));
      if (columns.isText()) {
        intake.text(item, required(fields.text(columns.text()), columns.text()));
      } else {
        image(item, fields.image(columns.image()));
      }
    } catch (RejectedException e) {
      reject(id, raw, e);
    }
  }

  /** A record that can't be parsed. */
  void reject(String id, byte[] raw, RejectedException why) {
    String hash = raw == null ? null : ContentHash.of(raw);
    intake.reject(Candidate.at(id, file), hash, why.reason(), why.getMessage());
  }

  private String id(Fields fields, String place) throws RejectedException {
    if (spec.idRule() != IdRule.COLUMN) {
      return place;
    }
    String id = required(fields.text(columns.id()), columns.id());
    if (id.isBlank()) {
      throw missing(columns.id());
    }
    return id;
  }

  private static String required(String value, String column) throws RejectedException {
    if (value == null) {
      throw missing(column);
    }
    return value;
  }

  private static RejectedException missing(String column) {
    return new RejectedException(
        RejectReason.MISSING_VALUE, "the record has no value in column " + column);
  }

  private String label(Fields fields) throws RejectedException {
    if (columns.label() != null) {
      return fields.text(columns.label());
    }
    return spec.labelFromFolder() ? SourceFile.folderOf(file.path()) : null;
  }

  private String split(Fields fields) throws RejectedException {
    return columns.split() == null ? null : fields.text(columns.split());
  }

  private Map<String, String> attributes(Fields fields) throws RejectedException {
    Map<String, String> attributes = new TreeMap<>();
    if (columns.allAttributes()) {
      attributes.putAll(fields.others(columns.used()));
    }
    for (String name : columns.attributes()) {
      String value = fields.text(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return attributes;
  }

  private void image(Candidate item, ImageCell cell) throws IOException, RejectedException {
    if (cell == null) {
      throw missing(columns.image());
    }
    if (cell.bytes() == null) {
      linked.take(item, cell.path());
      return;
    }
    intake.image(item, cell.bytes(), "");
  }
}
