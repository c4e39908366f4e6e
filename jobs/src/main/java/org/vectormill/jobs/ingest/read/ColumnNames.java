package org.vectormill.jobs.ingest.read;

import java.util.Set;
import java.util.function.Predicate;
import org.vectormill.schemas.VectormillException;

/** Checks that the columns which options name exist. */
final class ColumnNames {
  /**
   * Columns with {@code text} or {@code image} filled in where none was named.
   *
   * @param existing top-level columns, for the message
   * @param exists whether a column, nested ones included, is there
   * @throws VectormillException ({@code USAGE}) naming option, column and what there is instead
   */
  static Columns require(
      Columns columns, SourceFile file, Set<String> existing, Predicate<String> exists) {
    Columns complete = columns.withDefaults(existing);
    if (complete.text() == null && complete.image() == null) {
      throw VectormillException.usage(
          ("%s has no column text or image: name one with --text-column or --image-column;"
                  + " columns: %s")
              .formatted(file.uri(), String.join(", ", existing)));
    }
    for (Columns.Named named : complete.named()) {
      if (!exists.test(named.column())) {
        throw VectormillException.usage(
            "%s %s: no such column in %s; columns: %s"
                .formatted(
                    named.option(), named.column(), file.uri(), String.join(", ", existing)));
      }
    }
    return complete;
  }

  private ColumnNames() {}
}
