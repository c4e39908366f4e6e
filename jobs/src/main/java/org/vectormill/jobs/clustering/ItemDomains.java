package org.vectormill.jobs.clustering;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.RowKey;
import scala.Tuple2;

/**
 * The domain that each item comes from: an attribute of it, or its split.
 *
 * @param names in order; a domain's number is its place
 */
record ItemDomains(SparkSession spark, Table items, String attribute, List<String> names) {
  private static final int MOST = 1_000;
  private static final int CHUNK = 4_096;

  /** Items of one worker: keys of their ids, and their domains' numbers. */
  record Part(long[] keys, int[] domains) implements Serializable {}

  /**
   * @param attribute name of an attribute; {@code split} is the items' split
   * @throws VectormillException ({@code INPUT}) where no item has it, ({@code USAGE}) where all
   *     have the same or more than 1,000 are named
   */
  static ItemDomains of(SparkSession spark, Table items, String attribute) {
    List<String> names =
        values(spark, items, attribute)
            .select("domain")
            .distinct()
            .limit(MOST + 1)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    if (names.isEmpty()) {
      throw VectormillException.input(
          "--domain %s: no item of %s has that attribute; name one that ingest kept (--attribute-column, --all-attributes), or split"
              .formatted(attribute, items.uri()));
    }
    if (names.size() == 1 || names.size() > MOST) {
      throw VectormillException.usage(
          "--domain %s: items of %s come from %s; 2 to %,d are needed"
              .formatted(
                  attribute,
                  items.uri(),
                  names.size() == 1 ? "one domain, " + names.get(0) : "more than " + MOST,
                  MOST));
    }
    return new ItemDomains(spark, items, attribute, names);
  }

  private static Dataset<Row> values(SparkSession spark, Table items, String attribute) {
    Column domain =
        attribute.equals(ItemColumns.SPLIT)
            ? functions.col(ItemColumns.SPLIT)
            : functions.col(ItemColumns.ATTRIBUTES).getItem(attribute);
    return items
        .current(spark)
        .select(functions.col(ItemColumns.ID), domain.as("domain"))
        .where(functions.col("domain").isNotNull());
  }

  /** All items by the worker that has their rows. */
  JavaPairRDD<Integer, Part> byWorker(int workers, long seed) {
    HashMap<String, Integer> numbers = new HashMap<>();
    for (String name : names) {
      numbers.put(name, numbers.size());
    }
    return values(spark, items, attribute)
        .javaRDD()
        .mapPartitionsToPair(rows -> new Chunks(rows, numbers, workers, seed));
  }

  /** Some thousand rows at a time, dealt to the workers. */
  private static final class Chunks implements Iterator<Tuple2<Integer, Part>> {
    private final Iterator<Row> rows;
    private final Map<String, Integer> numbers;
    private final int workers;
    private final long seed;
    private final long[] keys = new long[CHUNK];
    private final int[] domains = new int[CHUNK];
    private Iterator<Tuple2<Integer, Part>> dealt = List.<Tuple2<Integer, Part>>of().iterator();

    Chunks(Iterator<Row> rows, Map<String, Integer> numbers, int workers, long seed) {
      this.rows = rows;
      this.numbers = numbers;
      this.workers = workers;
      this.seed = seed;
    }

    @Override
    public boolean hasNext() {
      if (!dealt.hasNext() && rows.hasNext()) {
        int count = 0;
        while (count < CHUNK && rows.hasNext()) {
          Row row = rows.next();
          keys[count] = RowKey.of(row.getString(0));
          domains[count++] = numbers.get(row.getString(1));
        }
        dealt = dealt(count).iterator();
      }
      return dealt.hasNext();
    }

    @Override
    public Tuple2<Integer, Part> next() {
      return dealt.next();
    }

    private List<Tuple2<Integer, Part>> dealt(int count) {
      WorkerDeal deal = WorkerDeal.of(keys, count, workers, seed);
      List<Tuple2<Integer, Part>> parts = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        int[] rowsOf = deal.rows(worker);
        if (rowsOf.length > 0) {
          parts.add(
              new Tuple2<>(
                  worker,
                  new Part(
                      IntStream.of(rowsOf).mapToLong(i -> keys[i]).toArray(),
                      IntStream.of(rowsOf).map(i -> domains[i]).toArray())));
        }
      }
      return parts;
    }
  }
}
