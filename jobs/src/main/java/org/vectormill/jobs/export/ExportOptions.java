package org.vectormill.jobs.export;

import org.vectormill.schemas.VectormillException;

/**
 * What to export, and where.
 *
 * @param input URI of a table
 * @param output URI of a directory that does not exist
 * @param files number of files; 0 for one a task
 */
public record ExportOptions(String input, String output, int files) {
  public ExportOptions {
    requireText("--input", input, "the URI of a table");
    requireText("--output", output, "a directory that does not exist");
    if (files < 0) {
      throw VectormillException.usage("--files must be >= 1, or 0 for one a task, got " + files);
    }
  }

  private static void requireText(String option, String value, String meaning) {
    if (value == null || value.isBlank()) {
      throw VectormillException.usage(option + " is missing; name " + meaning);
    }
  }
}
