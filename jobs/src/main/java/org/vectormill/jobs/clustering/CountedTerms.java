package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.vectormill.udfs.text.Terms;

/** Terms of texts as rows, for Spark to count. */
final class CountedTerms {
  static final String TERM = "term";

  /** How often the term stands in the text; an int. */
  static final String COUNT = "count";

  /**
   * One row a text and term: the key's column, {@link #TERM}, {@link #COUNT}.
   *
   * @param texts an int, the key, and a text that is not null
   */
  static Dataset<Row> of(Dataset<Row> texts) {
    StructType columns =
        new StructType()
            .add(texts.columns()[0], DataTypes.IntegerType, false)
            .add(TERM, DataTypes.StringType, false)
            .add(COUNT, DataTypes.IntegerType, false);
    return texts.flatMap((FlatMapFunction<Row, Row>) CountedTerms::rows, Encoders.row(columns));
  }

  private static Iterator<Row> rows(Row text) {
    List<Row> rows = new ArrayList<>();
    Terms.counts(text.getString(1))
        .forEach((term, count) -> rows.add(RowFactory.create(text.getInt(0), term, count)));
    return rows.iterator();
  }

  private CountedTerms() {}
}
