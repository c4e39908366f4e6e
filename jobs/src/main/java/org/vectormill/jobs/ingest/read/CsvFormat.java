package org.vectormill.jobs.ingest.read;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;

/**
 * How CSV and TSV are written.
 *
 * @param header whether the first record names the columns; without, they are c1, c2, …
 * @param delimiter one ASCII character; 0 for a comma in CSV and a tab in TSV
 * @param quote one ASCII character; 0 where nothing is quoted
 */
public record CsvFormat(boolean header, char delimiter, char quote) implements Serializable {
  public CsvFormat {
    requireAscii("--delimiter", delimiter);
    requireAscii("--quote", quote);
    if (delimiter != 0 && delimiter == quote) {
      throw VectormillException.usage(
          "--delimiter and --quote must differ, got " + delimiter + " for both");
    }
  }

  private static void requireAscii(String option, char character) {
    if (character > 126 || character == '\n' || character == '\r') {
      throw VectormillException.usage(
          option + " must be one ASCII character and no line end, got \"" + character + "\"");
    }
  }

  char delimiterOf(SourceKind kind) {
    return delimiter != 0 ? delimiter : kind == SourceKind.TSV ? '\t' : ',';
  }
}
