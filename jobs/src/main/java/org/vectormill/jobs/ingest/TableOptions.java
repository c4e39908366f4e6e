package org.vectormill.jobs.ingest;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;

/** Options that decide what rows look like: all runs into one table must agree on them. */
final class TableOptions {
  private static final List<String> NAMES =
      List.of(
          "text-unit",
          "id",
          "id-column",
          "text-column",
          "image-column",
          "label-column",
          "split-column",
          "attribute-columns",
          "all-attributes",
          "label-from",
          "no-header",
          "delimiter",
          "quote",
          "inline",
          "inline-bytes");

  /**
   * Compares the options of this run with those that the table was made with.
   *
   * @throws VectormillException ({@code USAGE}) naming the option and both values
   */
  static void requireSame(Table table, Map<String, String> options) {
    Map<String, String> before = table.manifest().options();
    for (String name : NAMES) {
      String there = value(before, name);
      String asked = value(options, name);
      if (!Objects.equals(there, asked)) {
        throw VectormillException.usage(
            "--%s %s: table %s was made with %s; use the same, or another --output"
                .formatted(name, shown(asked), table.uri(), shown(there)));
      }
    }
  }

  /** Unset options and empty lists are the same thing; enum values are matched in any case. */
  private static String value(Map<String, String> options, String name) {
    String value = options == null ? null : options.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static String shown(String value) {
    return value == null ? "(not set)" : value;
  }

  private TableOptions() {}
}
