package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.ItemColumns;

/** Lists the inputs in tasks, one directory tree each. */
final class Listing {
  /** With so many trees or more no directory is opened on the driver to find further ones. */
  private static final int ENOUGH_TREES = 64;

  private static final int MOST_TASKS = 512;

  private final SparkSession spark;
  private final IngestOptions options;
  private final Configuration conf;
  private final String output;

  Listing(SparkSession spark, IngestOptions options) {
    this.spark = spark;
    this.options = options;
    this.conf = spark.sessionState().newHadoopConf();
    this.output = qualified(conf, options.output());
  }

  private static String qualified(Configuration conf, String uri) {
    try {
      Path path = new Path(uri);
      return path.getFileSystem(conf).makeQualified(path).toString();
    } catch (java.io.IOException | IllegalArgumentException e) {
      throw org.vectormill.schemas.VectormillException.usage(
          "--output " + uri + " is no place for a table: " + e.getMessage());
    }
  }

  /**
   * The files, each once, with the columns of {@link ListedFile#SCHEMA}; kept, so that every step
   * sees the same.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code INPUT}) where one of several inputs
   *     has no file
   */
  Dataset<Row> files() {
    List<InputTask> tasks = trees(new Inputs(conf).resolve(options.inputs()));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(conf));
    SourceFormat format = options.format();
    String excluded = output;
    JavaRDD<Row> rows =
        context
            .parallelize(tasks, Math.min(tasks.size(), MOST_TASKS))
            .flatMap(task -> new DirectoryWalk(hadoop.value().value(), task, format, excluded))
            .map(ListedFile::row);
    Dataset<Row> found =
        spark.createDataFrame(rows, ListedFile.SCHEMA).persist(StorageLevel.MEMORY_AND_DISK());
    if (options.inputs().size() == 1) {
      return found;
    }
    requireFiles(found);
    return once(found);
  }

  /** Splits trees by their topmost directories until there are enough to share out. */
  private List<InputTask> trees(List<InputTask> tasks) {
    List<InputTask> trees = tasks;
    for (int level = 0; level < 2 && trees.size() < ENOUGH_TREES; level++) {
      List<InputTask> next = new ArrayList<>();
      trees.forEach(task -> next.addAll(split(task)));
      trees = next;
    }
    return trees;
  }

  private List<InputTask> split(InputTask task) {
    if (!task.recursive() || task.namePattern() != null) {
      return List.of(task);
    }
    List<InputTask> parts = new ArrayList<>();
    parts.add(new InputTask(task.input(), task.root(), task.at(), null, false));
    for (String directory : Directories.visibleBelow(conf, task.at())) {
      if (!directory.equals(output)) {
        parts.add(new InputTask(task.input(), task.root(), directory, null, true));
      }
    }
    return parts;
  }

  private void requireFiles(Dataset<Row> found) {
    Set<Integer> inputs = new HashSet<>();
    found
        .filter(functions.not(functions.col(ListedFile.HIDDEN)))
        .select(ListedFile.INPUT)
        .distinct()
        .collectAsList()
        .forEach(row -> inputs.add(row.getInt(0)));
    for (int i = 0; i < options.inputs().size(); i++) {
      if (!inputs.contains(i)) {
        throw Inputs.nothing(options.inputs().get(i));
      }
    }
  }

  /** A file that several inputs name counts for the first of them. */
  private static Dataset<Row> once(Dataset<Row> found) {
    String[] others = {
      ItemColumns.SOURCE_SIZE,
      ItemColumns.SOURCE_VERSION,
      ListedFile.PATH,
      ListedFile.KIND,
      ListedFile.HIDDEN
    };
    return found
        .groupBy(ItemColumns.SOURCE)
        .agg(functions.min(functions.struct(ListedFile.INPUT, others)).as("first"))
        .select(ItemColumns.SOURCE, "first.*");
  }
}
