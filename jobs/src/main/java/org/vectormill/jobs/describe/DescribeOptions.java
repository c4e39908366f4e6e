package org.vectormill.jobs.describe;

import org.vectormill.schemas.VectormillException;

/**
 * What to describe.
 *
 * @param table URI of the table
 * @param format how to print it
 * @param peek number of rows to show, 0..1000
 */
public record DescribeOptions(String table, Format format, int peek) {
  private static final int MAX_PEEK = 1000;

  public DescribeOptions {
    if (peek < 0 || peek > MAX_PEEK) {
      throw VectormillException.usage("--peek must be from 0 to " + MAX_PEEK + ", got " + peek);
    }
  }

  /** Ways to print. */
  public enum Format {
    TEXT,
    JSON
  }
}
