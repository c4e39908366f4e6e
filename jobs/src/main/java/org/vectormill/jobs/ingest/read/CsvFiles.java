package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;

/** Reads CSV and TSV files. */
final class CsvFiles {
  private final ReadSpec spec;

  CsvFiles(ReadSpec spec) {
    this.spec = spec;
  }

  /** Opens a file and checks its columns. */
  Open open(SourceFile file, InputStream in) throws IOException {
    CsvFormat csv = spec.csv();
    CsvRecords records =
        new CsvRecords(in, csv.delimiterOf(file.kind()), csv.quote(), spec.limits().itemBytes());
    CsvRecord first = records.next();
    if (first == null) {
      return new Open(records, Map.of(), null, spec.columns());
    }
    Map<String, Integer> positions = csv.header() ? header(file, first) : numbered(first);
    Columns columns =
        ColumnNames.require(spec.columns(), file, positions.keySet(), positions.keySet()::contains);
    return new Open(records, positions, csv.header() ? null : first, columns);
  }

  /**
   * A file whose columns are known.
   *
   * @param first record that was read to know them and is one of the data; null where it is not
   */
  record Open(
      CsvRecords records, Map<String, Integer> positions, CsvRecord first, Columns columns) {}

  /** Reads the records of an open file. */
  void read(SourceFile file, Open open, RecordIntake intake) throws IOException {
    CsvRecord record = open.first() == null ? open.records().next() : open.first();
    while (record != null) {
      String place = file.path() + "#L" + record.line();
      int width = open.positions().size();
      if (record.problem() != null) {
        intake.reject(place, null, new RejectedException(record.problem(), record.message()));
      } else if (record.fields().size() != width) {
        String message = "the record has %d fields, %d are expected";
        intake.reject(
            place,
            null,
            new RejectedException(
                RejectReason.MALFORMED_RECORD, message.formatted(record.fields().size(), width)));
      } else {
        intake.take(new CsvFields(open.positions(), record.fields()), place, null);
      }
      record = open.records().next();
    }
  }

  private static Map<String, Integer> header(SourceFile file, CsvRecord header) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    try {
      if (header.problem() != null) {
        throw new RejectedException(header.problem(), header.message());
      }
      for (byte[] name : header.fields()) {
        String column = Utf8.decode(name).strip();
        if (positions.put(column, positions.size()) != null) {
          throw new RejectedException(
              RejectReason.MALFORMED_RECORD, "two columns are named \"" + column + "\"");
        }
      }
    } catch (RejectedException e) {
      throw VectormillException.input(
          "%s: the header can't be read: %s; mend it, or use --no-header and columns c1, c2, …"
              .formatted(file.uri(), e.getMessage()));
    }
    return positions;
  }

  private static Map<String, Integer> numbered(CsvRecord first) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < first.fields().size(); i++) {
      positions.put("c" + (i + 1), i);
    }
    return positions;
  }

  /** One record; an empty field is a value, but for images and ids. */
  private record CsvFields(Map<String, Integer> positions, List<byte[]> values) implements Fields {
    @Override
    public String text(String column) throws RejectedException {
      try {
        return Utf8.decode(values.get(positions.get(column)));
      } catch (RejectedException e) {
        throw new RejectedException(e.reason(), "column " + column + ": " + e.getMessage());
      }
    }

    @Override
    public ImageCell image(String column) throws RejectedException {
      return new ImageCell(null, text(column));
    }

    @Override
    public Map<String, String> others(Set<String> without) throws RejectedException {
      Map<String, String> others = new LinkedHashMap<>();
      List<String> names = new ArrayList<>(positions.keySet());
      names.removeAll(without);
      for (String name : names) {
        others.put(name, text(name));
      }
      return others;
    }
  }
}
