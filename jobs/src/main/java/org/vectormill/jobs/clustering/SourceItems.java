package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;

/** The items that vectors are made of, be it by way of other vectors: codes of vectors of items. */
final class SourceItems {
  /** More steps than these are a circle. */
  private static final int MOST = 16;

  /**
   * The items table at the end of the manifests' inputs; empty where one of them names none or
   * several, or a table that is not there.
   */
  static Optional<Table> of(Configuration conf, Table vectors) {
    Optional<Table> at = Optional.of(vectors);
    for (int step = 0; step < MOST && at.isPresent(); step++) {
      if (at.get().manifest().tableKind() == TableKind.ITEMS) {
        return at;
      }
      List<String> inputs = at.get().manifest().inputs();
      at =
          inputs == null || inputs.size() != 1 ? Optional.empty() : Table.find(conf, inputs.get(0));
    }
    return Optional.empty();
  }

  /**
   * The items table that the vectors are of, or the one that was named.
   *
   * @param option that needs it, for messages
   * @throws VectormillException ({@code USAGE}) where none is found, ({@code INPUT}) where a table
   *     was named that isn't one of items
   */
  static Table required(
      Configuration conf, ClusterOptions options, VectorInput input, String option) {
    if (options.items().isEmpty()) {
      return of(conf, input.table())
          .orElseThrow(
              () ->
                  VectormillException.usage(
                      option
                          + ": the manifest of "
                          + options.input()
                          + " leads to no items table that is there; name it with --items"));
    }
    Table items = Table.open(conf, options.items().get());
    if (items.manifest().tableKind() != TableKind.ITEMS) {
      throw VectormillException.input(
          option
              + ": "
              + items.uri()
              + " is a table of "
              + items.manifest().kind()
              + "; name the items table with --items");
    }
    return items;
  }

  private SourceItems() {}
}
