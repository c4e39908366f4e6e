package org.vectormill.jobs.wave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.RowGroup;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.WaveCommit;
import scala.Tuple2;

/** Cuts the files of pending waves into units, by row groups and rows: the input alone decides. */
public final class PendingPlan {
  private static final int MAX_PARTITIONS = 20_000;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final InputWaves waves;
  private final List<DataFile> files;
  private final int unitRows;

  /**
   * @param unitRows most rows of a unit, at least 1
   */
  public PendingPlan(SparkSession spark, InputWaves waves, int unitRows) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.waves = waves;
    this.files = waves.pending().stream().flatMap(wave -> absolute(wave).stream()).toList();
    this.unitRows = unitRows;
  }

  private List<DataFile> absolute(WaveCommit wave) {
    return waves.items().files(wave);
  }

  /**
   * What is to be done.
   *
   * @param vectors table whose rows and rejects are done where id and content hash are the same;
   *     null where there is none
   */
  public Pending pending(Table vectors) {
    if (files.isEmpty()) {
      return new Pending(context.emptyRDD(), IdSetHash.EMPTY, List.of());
    }
    if (waves.unbroken()) {
      IdSetHash ids = files.stream().map(DataFile::ids).reduce(IdSetHash.EMPTY, IdSetHash::plus);
      JavaRDD<RowSlice> slices = kept(slices());
      return new Pending(spread(slices), ids, List.of(slices));
    }
    return selected(vectors);
  }

  /** Slices of all files, found in tasks: a footer is a round trip to the store. */
  private JavaRDD<RowSlice> slices() {
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    int rows = unitRows;
    List<Tuple2<Integer, String>> named =
        IntStream.range(0, files.size())
            .mapToObj(i -> new Tuple2<>(i, files.get(i).path()))
            .toList();
    return context
        .parallelize(named, Math.min(named.size(), 4 * context.defaultParallelism()))
        .flatMap(file -> slices(conf.value().value(), file._1(), file._2(), rows).iterator());
  }

  /** Even slices of each row group: a short one at its end would leave a core waiting. */
  static List<RowSlice> slices(Configuration conf, int file, String uri, int unitRows) {
    List<RowSlice> slices = new ArrayList<>();
    for (RowGroup group : TableFiles.rowGroups(conf, uri)) {
      int rows = Math.toIntExact(group.rows());
      int count = (rows + unitRows - 1) / unitRows;
      for (int i = 0; i < count; i++) {
        int first = (int) ((long) rows * i / count);
        int end = (int) ((long) rows * (i + 1) / count);
        slices.add(
            new RowSlice(
                file, uri, group.index(), group.firstRow() + first, first, end - first, null));
      }
    }
    return slices;
  }

  private static JavaRDD<RowSlice> kept(JavaRDD<RowSlice> slices) {
    return slices.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** One unit a partition, so that a task is never longer than a unit. */
  private static JavaRDD<WorkUnit<RowSlice>> spread(JavaRDD<RowSlice> kept) {
    int partitions = (int) Math.max(1, Math.min(MAX_PARTITIONS, kept.count()));
    return kept.zipWithIndex()
        .mapToPair(slice -> new Tuple2<>(slice._2(), slice._1()))
        .partitionBy(new HashPartitioner(partitions))
        .map(slice -> slice._2().unit());
  }

  /** Row by row: what is neither replaced in a later wave nor done, by id and content hash. */
  private Pending selected(Table vectors) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      positions.put(files.get(i).path(), i);
    }
    JavaPairRDD<Integer, FileRows> rows =
        PendingRows.of(spark, waves, vectors)
            .mapToPair(row -> new Tuple2<>(positions.get(row.file()), row))
            .aggregateByKey(
                new FileRows(), (chosen, row) -> chosen.add(row.row(), row.id()), FileRows::merge)
            .persist(StorageLevel.MEMORY_AND_DISK());
    IdSetHash ids = rows.values().map(FileRows::ids).fold(IdSetHash.EMPTY, IdSetHash::plus);
    JavaRDD<RowSlice> chosen =
        slices()
            .mapToPair(slice -> new Tuple2<>(slice.file(), slice))
            .join(rows)
            .values()
            .map(pair -> pair._1().select(pair._2().bits()))
            .filter(slice -> !slice.isEmpty());
    JavaRDD<RowSlice> slices = kept(chosen);
    return new Pending(spread(slices), ids, List.of(slices, rows.rdd().toJavaRDD()));
  }
}
