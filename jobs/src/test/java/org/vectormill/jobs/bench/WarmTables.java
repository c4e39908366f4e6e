package org.vectormill.jobs.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.RowGroup;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.TableReader;
import org.vectormill.schemas.VectorRows;

/**
 * Reads and writes vectors tables in Spark tasks of one JVM, as jobs do, one after another.
 * Argument: a local Spark master. Each line on standard input is a command and a folder, separated
 * by a tab:
 *
 * <ul>
 *   <li>{@code load}: keeps the rows of the folder's Parquet files in memory, for {@code write}
 *   <li>{@code write}: makes a table of them, a file for each file that was loaded
 *   <li>{@code read}: reads a table's vectors to {@code float[]}, a task for each file
 * </ul>
 *
 * The answer's last line is {@code @done 0 SECONDS}; the first line that is printed is
 * {@code @ready}.
 */
public final class WarmTables {
  /** What {@code load} keeps; tasks of local mode see it. */
  private static final List<List<VectorRows>> LOADED = new ArrayList<>();

  public static void main(String[] args) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    try (SparkSession spark =
        SparkSession.builder().appName("vectormill bench").master(args[0]).getOrCreate()) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      out.println("@ready " + spark.version());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split("\t", -1);
        long start = System.nanoTime();
        requireAll(line, run(context, words[0], words[1]));
        out.printf("@done 0 %.3f%n", (System.nanoTime() - start) / 1e9);
      }
    }
    System.exit(0);
  }

  private static long run(JavaSparkContext context, String command, String folder)
      throws IOException {
    return switch (command) {
      case "load" -> load(folder);
      case "write" -> write(context, folder);
      case "read" -> read(context, folder);
      default -> throw new IllegalArgumentException("no command " + command);
    };
  }

  private static long load(String folder) throws IOException {
    LOADED.clear();
    try (Stream<Path> files = java.nio.file.Files.list(Path.of(folder))) {
      for (Path file : files.sorted().toList()) {
        List<VectorRows> blocks = new ArrayList<>();
        readFile(new Configuration(), file.toString(), blocks::add);
        LOADED.add(blocks);
      }
    }
    return rows();
  }

  private static long rows() {
    return LOADED.stream().flatMap(List::stream).mapToLong(VectorRows::rows).sum();
  }

  private static void requireAll(String line, long rows) {
    if (rows != rows()) {
      throw new IllegalStateException(line + ": " + rows + " rows, expected " + rows());
    }
  }

  private static void readFile(Configuration conf, String uri, Consumer<VectorRows> to) {
    try (TableReader<VectorRows> reader = TableFiles.readVectors(conf, uri)) {
      for (RowGroup group : TableFiles.rowGroups(conf, uri)) {
        to.accept(reader.read(group.index()));
      }
    }
  }

  private static long read(JavaSparkContext context, String uri) {
    List<String> files =
        Table.open(context.hadoopConfiguration(), uri).files().stream()
            .map(DataFile::path)
            .toList();
    Broadcast<SerializableConfiguration> conf = conf(context);
    return context
        .parallelize(files, files.size())
        .map(
            file -> {
              long[] rows = new long[1];
              readFile(
                  conf.value().value(),
                  file,
                  block -> rows[0] += block.values().length / block.dimension());
              return rows[0];
            })
        .reduce(Long::sum);
  }

  private static Broadcast<SerializableConfiguration> conf(JavaSparkContext context) {
    return context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
  }

  private static long write(JavaSparkContext context, String folder) {
    VectorRows first = LOADED.get(0).get(0);
    Table table = Table.openOrCreate(context.hadoopConfiguration(), folder, manifest(first));
    Staging staging = table.stage("bench", "bench");
    String directory = staging.places().data();
    Map<String, String> footer = table.footer();
    Broadcast<SerializableConfiguration> conf = conf(context);
    List<Integer> parts = IntStream.range(0, LOADED.size()).boxed().toList();
    List<DataFile> files =
        context
            .parallelize(parts, parts.size())
            .map(
                part -> {
                  String uri = StagingPlaces.newFile(directory, "part");
                  return writeFile(conf.value().value(), uri, footer, LOADED.get(part));
                })
            .collect();
    return staging.publish(files, List.of(), List.of(), List.of(), List.of()).rows();
  }

  private static TableManifest manifest(VectorRows rows) {
    return new TableManifest(
        "vectors",
        TableManifest.CONTRACT_VERSION,
        rows.dimension(),
        "cosine",
        true,
        null,
        rows.encoder(),
        List.of(),
        Map.of(),
        "bench");
  }

  private static DataFile writeFile(
      Configuration conf, String uri, Map<String, String> footer, List<VectorRows> blocks) {
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(
            conf, uri, footer, RowGroupSize.DEFAULT, blocks.get(0).dimension())) {
      blocks.forEach(writer::write);
      return writer.finish();
    }
  }

  private WarmTables() {}
}
