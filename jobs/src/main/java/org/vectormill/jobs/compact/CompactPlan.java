package org.vectormill.jobs.compact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.wave.FileRows;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.Table;
import scala.Tuple2;

/** Which files become one, and which of their rows stay. */
final class CompactPlan {
  private final SparkSession spark;
  private final Table table;
  private final List<FileGroup> groups;

  CompactPlan(SparkSession spark, Table table, long fileBytes) {
    this.spark = spark;
    this.table = table;
    this.groups = FileGroup.pack(table.files(), fileBytes);
  }

  int groups() {
    return groups.size();
  }

  /** Whether a compaction would change anything that a reader has to open. */
  boolean worthwhile() {
    return table.waves().size() > 1 || groups.size() < table.files().size();
  }

  /**
   * The work.
   *
   * @param units one a group
   * @param ids hash of the ids that are copied: those of all files without those of hidden rows
   */
  record Work(JavaRDD<WorkUnit<FileGroup>> units, IdSetHash ids) {}

  Work work() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    IdSetHash all =
        table.files().stream().map(DataFile::ids).reduce(IdSetHash.EMPTY, IdSetHash::plus);
    if (groups.isEmpty()) {
      return new Work(context.emptyRDD(), all);
    }
    JavaPairRDD<Integer, FileRows> hidden =
        new HiddenPositions(spark, table).byFile().persist(StorageLevel.MEMORY_AND_DISK());
    IdSetHash gone = hidden.values().map(FileRows::ids).fold(IdSetHash.EMPTY, IdSetHash::plus);
    JavaRDD<WorkUnit<FileGroup>> units =
        numbered(context)
            .cogroup(byGroup(hidden), groups.size())
            .values()
            .map(pair -> unit(pair._1().iterator().next(), pair._2()));
    return new Work(units, all.minus(gone));
  }

  private JavaPairRDD<Integer, FileGroup> numbered(JavaSparkContext context) {
    List<Tuple2<Integer, FileGroup>> numbered =
        IntStream.range(0, groups.size()).mapToObj(i -> new Tuple2<>(i, groups.get(i))).toList();
    return context.parallelizePairs(numbered);
  }

  /** Hidden rows by the group that their file is in. */
  private JavaPairRDD<Integer, Tuple2<Integer, FileRows>> byGroup(
      JavaPairRDD<Integer, FileRows> hidden) {
    int[] groupOf = new int[table.files().size()];
    for (int i = 0; i < groups.size(); i++) {
      FileGroup group = groups.get(i);
      java.util.Arrays.fill(groupOf, group.first(), group.first() + group.files().size(), i);
    }
    return hidden.mapToPair(file -> new Tuple2<>(groupOf[file._1()], file));
  }

  private static WorkUnit<FileGroup> unit(
      FileGroup group, Iterable<Tuple2<Integer, FileRows>> hidden) {
    Map<Integer, FileRows> byFile = new HashMap<>();
    hidden.forEach(file -> byFile.put(file._1(), file._2()));
    return group.hiding(byFile).unit();
  }
}
