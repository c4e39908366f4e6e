package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.vectormill.schemas.RejectReason;

/**
 * Records of a CSV stream after RFC 4180: a field that begins with a quote ends with one, may hold
 * delimiters and line ends, and doubles the quotes inside; in any other field a quote is a
 * character as others are. Lines end with LF or CR LF. Empty lines are no records. After a broken
 * record the next line is tried.
 */
final class CsvRecords {
  private static final int NO_QUOTE = -2;

  private final ByteInput in;
  private final int delimiter;
  private final int quote;
  private final int maxBytes;
  private final ByteBuilder field;
  private long line = 1;
  private List<byte[]> fields;
  private long bytes;
  private RejectReason problem;
  private String message;

  /**
   * @param maxBytes most bytes of a record
   */
  CsvRecords(InputStream in, char delimiter, char quote, int maxBytes) throws IOException {
    this.in = new ByteInput(in);
    this.delimiter = delimiter;
    this.quote = quote == 0 ? NO_QUOTE : quote;
    this.maxBytes = maxBytes;
    this.field = new ByteBuilder(maxBytes);
    this.in.skipPrefix(Utf8.byteOrderMark());
  }

  /** The next record; null at the end. */
  CsvRecord next() throws IOException {
    skipEmptyLines();
    if (in.peek() < 0) {
      return null;
    }
    long first = line;
    fields = new ArrayList<>();
    bytes = 0;
    problem = null;
    message = null;
    boolean more = true;
    while (more) {
      field.clear();
      more = in.peek() == quote ? quoted() : unquoted();
      keepField();
    }
    return new CsvRecord(first, fields, problem, message);
  }

  private void skipEmptyLines() throws IOException {
    while (in.peek() == '\n' || in.peek() == '\r') {
      if (in.read() == '\n') {
        line++;
      }
    }
  }

  private void keepField() {
    bytes += field.length();
    if (field.overflowed() || bytes > maxBytes) {
      fail(RejectReason.TOO_LONG, "the record has more bytes than --max-item-bytes, " + maxBytes);
    }
    if (problem == null) {
      fields.add(field.toBytes());
    }
  }

  private void fail(RejectReason reason, String why) {
    if (problem == null) {
      problem = reason;
      message = why;
    }
  }

  /** Reads a field to its end; true where another follows. */
  private boolean unquoted() throws IOException {
    int value = in.read();
    while (value >= 0 && value != delimiter && value != '\n') {
      field.append(value);
      value = in.read();
    }
    if (value != delimiter) {
      field.dropLast('\r');
    }
    if (value == '\n') {
      line++;
    }
    return value == delimiter;
  }

  private boolean quoted() throws IOException {
    long opened = line;
    in.read();
    while (true) {
      int value = in.read();
      if (value < 0) {
        fail(
            RejectReason.MALFORMED_RECORD,
            "the quote opened on line " + opened + " is not closed before the end");
        return false;
      }
      if (value == quote && in.peek() != quote) {
        return afterQuote();
      }
      if (value == quote) {
        in.read();
      } else if (value == '\n') {
        line++;
      }
      field.append(value);
    }
  }

  private boolean afterQuote() throws IOException {
    int value = in.read();
    if (value == '\r' && (in.peek() == '\n' || in.peek() < 0)) {
      value = in.read();
    }
    if (value >= 0 && value != delimiter && value != '\n') {
      fail(
          RejectReason.MALFORMED_RECORD,
          "after a closing quote on line " + line + " stands neither delimiter nor line end");
      while (value >= 0 && value != '\n') {
        value = in.read();
      }
    }
    if (value == '\n') {
      line++;
    }
    return value == delimiter;
  }
}
