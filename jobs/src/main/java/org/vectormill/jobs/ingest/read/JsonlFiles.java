package org.vectormill.jobs.ingest.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.vectormill.schemas.RejectReason;

/** Reads JSON objects, one a line; blank lines are none. */
final class JsonlFiles {
  /** Records that are looked at to know a file's columns; later ones may lack or add some. */
  private static final int COLUMN_SAMPLE = 100;

  private final ReadSpec spec;
  private final JsonRecords json;

  JsonlFiles(ReadSpec spec) {
    this.spec = spec;
    this.json = new JsonRecords(spec.limits().itemBytes());
  }

  /** Columns by the first records of a file; every one of them may be missing where none parses. */
  Columns columns(LinePiece piece) throws IOException {
    Set<String> existing = new LinkedHashSet<>();
    List<JsonNode> objects = sample(piece);
    objects.forEach(object -> object.fieldNames().forEachRemaining(existing::add));
    return existing.isEmpty()
        ? spec.columns().withDefaults(Set.of("text"))
        : ColumnNames.require(
            spec.columns(), piece.file(), existing, column -> isIn(objects, column));
  }

  private static boolean isIn(List<JsonNode> objects, String column) {
    return objects.stream().anyMatch(object -> JsonFields.find(object, column) != null);
  }

  private List<JsonNode> sample(LinePiece piece) throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    try {
      for (int records = 0; records < COLUMN_SAMPLE && piece.next(); records++) {
        JsonNode object = isBlank(piece) ? null : objectOrNull(piece);
        if (object != null) {
          objects.add(object);
        }
      }
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      // Reading the file meets the same damage, behind the records that are sound.
      return objects;
    }
    return objects;
  }

  private JsonNode objectOrNull(LinePiece piece) {
    try {
      return piece.lines().tooLong() ? null : json.object(piece.lines().bytes());
    } catch (RejectedException e) {
      // Counted as a reject when the record is read.
      return null;
    }
  }

  void read(LinePiece piece, RecordIntake intake) throws IOException {
    while (piece.next()) {
      if (!isBlank(piece)) {
        take(piece, intake);
      }
    }
  }

  private void take(LinePiece piece, RecordIntake intake) throws IOException {
    String place = piece.file().path() + "#L" + piece.lines().number();
    if (piece.lines().tooLong()) {
      String message = "the line has more bytes than --max-item-bytes, ";
      intake.reject(
          place,
          null,
          new RejectedException(RejectReason.TOO_LONG, message + spec.limits().itemBytes()));
      return;
    }
    byte[] line = piece.lines().bytes();
    JsonNode object;
    try {
      object = json.object(line);
    } catch (RejectedException e) {
      intake.reject(place, line, e);
      return;
    }
    intake.take(new JsonFields(object), place, line);
  }

  private static boolean isBlank(LinePiece piece) {
    if (piece.lines().tooLong()) {
      return false;
    }
    for (byte value : piece.lines().bytes()) {
      if (value != ' ' && value != '\t' && value != '\r') {
        return false;
      }
    }
    return true;
  }
}
