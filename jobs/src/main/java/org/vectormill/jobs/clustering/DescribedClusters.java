package org.vectormill.jobs.clustering;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.Modality;

/**
 * Says what each cluster is by its items: the terms of texts, contact sheets of images.
 *
 * @param sheets where those of images are made
 * @param items their table
 */
record DescribedClusters(
    SparkSession spark, RunContext context, ContactSheets sheets, Table items) {
  /**
   * What was found.
   *
   * @param terms of clusters of texts, as metrics
   * @param sheets names of the contact sheets that were made
   * @param details for the result file
   */
  record Found(List<MetricRow> terms, Set<String> sheets, Map<String, Object> details) {}

  /**
   * The items table that clusters are described by; empty where they aren't to be, or where nobody
   * asked for it and the table isn't found.
   *
   * @throws VectormillException ({@code INPUT}) where it was asked for and isn't found, or a table
   *     was named that isn't one of items
   */
  static Optional<Table> items(Configuration conf, ClusterOptions options, VectorInput input) {
    if (!options.described().orElse(true)) {
      return Optional.empty();
    }
    Optional<Table> items =
        options.items().isPresent()
            ? Table.find(conf, options.items().get())
                .filter(table -> table.manifest().tableKind() == TableKind.ITEMS)
            : SourceItems.of(conf, input.table());
    boolean wanted = options.described().isPresent() || options.items().isPresent();
    if (items.isEmpty() && wanted) {
      throw VectormillException.input(
          "--describe-clusters: "
              + options
                  .items()
                  .map(one -> one + " is no items table")
                  .orElse("the vectors' manifest leads to no items table that is there")
              + "; name it with --items, or leave the description out with --no-describe-clusters");
    }
    return items;
  }

  /**
   * Describes the clusters of a run; contact sheets are made.
   *
   * @param files of the clusters table
   * @param sizes items of each cluster
   */
  Found of(List<DataFile> files, long[] sizes) {
    Set<String> modalities = modalities();
    List<MetricRow> terms = List.of();
    Set<String> names = Set.of();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("items", items.uri());
    if (modalities.contains(Modality.TEXT.code())) {
      context.progress().start("terms", 0, "items");
      terms = ClusterTerms.of(texts(files), sizes);
      details.put("terms", terms.size());
    }
    if (modalities.contains(Modality.IMAGE.code())) {
      context.progress().start("contact sheets", 0, "items");
      ContactSheets.Made made = sheets.make(files, sizes, items);
      names = made.names();
      details.put("contact_sheets", names.size());
      details.put("pictures", made.pictures());
      details.put("blank_cells", made.blank());
    }
    return new Found(terms, names, details);
  }

  private Dataset<Row> texts(List<DataFile> files) {
    Dataset<Row> texts =
        items
            .current(spark)
            .where(functions.col(ItemColumns.TEXT).isNotNull())
            .select(ItemColumns.ID, ItemColumns.TEXT);
    return TableFiles.rows(spark, files)
        .join(texts, ItemColumns.ID)
        .select(ClusterColumns.CLUSTER, ItemColumns.TEXT);
  }

  private Set<String> modalities() {
    Set<String> found = new HashSet<>();
    items
        .current(spark)
        .select(ItemColumns.MODALITY)
        .distinct()
        .collectAsList()
        .forEach(row -> found.add(row.getString(0)));
    return found;
  }
}
