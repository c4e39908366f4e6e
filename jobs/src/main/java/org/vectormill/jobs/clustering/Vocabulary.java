package org.vectormill.jobs.clustering;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.jobs.runner.AtomicFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.text.TfIdfModel;

/**
 * A tf-idf vocabulary that is counted once and then stays: a folder that {@code embed --encoder}
 * takes too.
 *
 * @param folder its URI
 */
record Vocabulary(String folder, Configuration conf) {
  private static final String TOTAL = "total";
  private static final String HAVING = "having";

  private Path file() {
    return new Path(folder, TfIdfModel.FILE);
  }

  /**
   * The vocabulary that is there; empty where none is.
   *
   * @throws VectormillException ({@code ENCODER}) for a file that is none
   */
  Optional<TfIdfModel> find() {
    try (var in = file().getFileSystem(conf).open(file())) {
      return Optional.of(TfIdfModel.read(in.readAllBytes(), file().toString()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  void write(TfIdfModel model) {
    try {
      AtomicFile.write(file().toString(), model.write(), conf);
    } catch (IOException e) {
      throw failed("written", e);
    }
  }

  private VectormillException failed(String what, IOException e) {
    return new VectormillException(
        Fault.RETRY, "vocabulary " + file() + " can't be " + what + ": " + e.getMessage(), e);
  }

  /**
   * Counts the table's current texts. The most frequent terms are taken, by their number of places
   * in all texts; of equally frequent ones the first in code point order. No more rows than terms
   * that are asked for come to the driver from each partition.
   *
   * @param most terms
   * @throws VectormillException ({@code INPUT}) where no text has a term
   */
  static TfIdfModel count(SparkSession spark, Table items, int most) {
    Dataset<Row> texts =
        items
            .current(spark)
            .where(functions.col(ItemColumns.TEXT).isNotNull())
            .select(functions.lit(0).as("all"), functions.col(ItemColumns.TEXT));
    long n = texts.count();
    List<Row> terms =
        CountedTerms.of(texts)
            .groupBy(CountedTerms.TERM)
            .agg(
                functions.sum(CountedTerms.COUNT).as(TOTAL),
                functions.count(functions.lit(1)).as(HAVING))
            .orderBy(functions.col(TOTAL).desc(), functions.col(CountedTerms.TERM).asc())
            .limit(most)
            .collectAsList();
    if (terms.isEmpty()) {
      throw VectormillException.input(
          "--features tfidf: none of the %,d texts of %s has a term (two letters or digits, at least); look at the items"
              .formatted(n, items.uri()));
    }
    return new TfIdfModel(
        n,
        most,
        terms.stream().map(row -> row.getString(0)).toList(),
        terms.stream().map(row -> TfIdfModel.idf(n, row.<Long>getAs(HAVING))).toList());
  }
}
