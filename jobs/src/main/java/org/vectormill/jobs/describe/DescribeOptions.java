package org.vectormill.jobs.describe;

import java.util.List;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;

/**
 * What to describe.
 *
 * @param tables URIs, at least one
 * @param format how to print it
 * @param brief only a line for each table and the rows asked for
 * @param peek number of rows to show, 0..1000
 * @param rejects number of rejects to show, 0..1000
 * @param sql whose SQL to print instead, a view of the current rows; empty for a description
 */
public record DescribeOptions(
    List<String> tables,
    Format format,
    boolean brief,
    int peek,
    int rejects,
    Optional<ViewSql.Dialect> sql) {
  private static final int MAX_ROWS = 1000;

  public DescribeOptions {
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw VectormillException.usage("describe needs the URI of at least one table");
    }
    requireRows("--peek", peek);
    requireRows("--rejects", rejects);
  }

  private static void requireRows(String option, int rows) {
    if (rows < 0 || rows > MAX_ROWS) {
      throw VectormillException.usage(
          option + " must be from 0 to " + MAX_ROWS + " rows, got " + rows);
    }
  }

  /** Ways to print. */
  public enum Format {
    TEXT,
    JSON
  }
}
