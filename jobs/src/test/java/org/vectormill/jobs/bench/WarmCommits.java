package org.vectormill.jobs.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.UnitOutput;
import org.vectormill.jobs.wave.UnitPlan;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.jobs.wave.WorkUnit;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectorColumns;
import org.vectormill.schemas.VectorRows;

/**
 * Writes the same made-up vectors three ways in Spark tasks of one JVM. Arguments: a local Spark
 * master, {@code rows=N}, {@code unit-rows=N}, {@code dimension=N}. Each line on standard input is
 * a way and a folder, separated by a tab:
 *
 * <ul>
 *   <li>{@code vectormill}: work units, checkpoints, ids read back and counted, a commit
 *   <li>{@code bare}: the same files by the same writer, and nothing more
 *   <li>{@code spark}: {@code write.parquet} of Spark, zstd
 * </ul>
 *
 * Printed as by {@link WarmTables}.
 */
public final class WarmCommits {
  private static final String ENCODER = "bench";

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final int rows;
  private final int unitRows;
  private final int dimension;

  private WarmCommits(SparkSession spark, int rows, int unitRows, int dimension) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.rows = rows;
    this.unitRows = unitRows;
    this.dimension = dimension;
  }

  public static void main(String[] args) throws IOException {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    try (SparkSession spark =
        SparkSession.builder()
            .appName("vectormill bench")
            .master(args[0])
            .config("spark.sql.parquet.compression.codec", "zstd")
            .getOrCreate()) {
      WarmCommits bench =
          new WarmCommits(
              spark, number(args, "rows"), number(args, "unit-rows"), number(args, "dimension"));
      out.println("@ready " + spark.version());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split("\t", -1);
        long start = System.nanoTime();
        bench.run(words[0], words[1]);
        out.printf("@done 0 %.3f%n", (System.nanoTime() - start) / 1e9);
      }
    }
    System.exit(0);
  }

  private static int number(String[] args, String name) {
    for (String arg : args) {
      if (arg.startsWith(name + "=")) {
        return Integer.parseInt(arg.substring(name.length() + 1));
      }
    }
    throw new IllegalArgumentException(name + "=N is missing");
  }

  private void run(String way, String folder) {
    switch (way) {
      case "vectormill" -> vectormill(folder);
      case "bare" -> bare(folder);
      case "spark" -> spark(folder);
      default -> throw new IllegalArgumentException("no way " + way);
    }
  }

  private JavaRDD<Integer> units() {
    List<Integer> numbers = IntStream.range(0, (rows + unitRows - 1) / unitRows).boxed().toList();
    return context.parallelize(numbers, numbers.size());
  }

  private TableManifest manifest() {
    return new TableManifest(
        "vectors", 1, dimension, "l2", false, null, ENCODER, List.of(), Map.of(), "bench");
  }

  private void vectormill(String folder) {
    int unit = unitRows;
    int all = rows;
    int d = dimension;
    Table table = Table.openOrCreate(context.hadoopConfiguration(), folder, manifest());
    Staging staging = table.stage("bench", "bench");
    RunContext run = new RunContext("bench", 0, 0, true, false, new SilentProgress());
    List<UnitOutput> outputs =
        WaveRun.execute(
            spark,
            table,
            staging,
            run,
            new UnitPlan<>(
                "bench",
                units().map(i -> WorkUnit.of("%08d".formatted(i), i, i)),
                all,
                RowGroupSize.DEFAULT,
                d),
            (number, sink) -> {
              VectorRows block = block(number, unit, all, d);
              for (String id : block.ids()) {
                sink.read(id);
              }
              sink.vectors(block);
            });
    IdSetHash read =
        outputs.stream().map(UnitOutput::read).reduce(IdSetHash.EMPTY, IdSetHash::plus);
    PublishedWave wave =
        WaveFinish.publish(spark, table, staging, run, outputs, read, List.of("bench"));
    requireAll(wave.written());
  }

  private void bare(String folder) {
    int unit = unitRows;
    int all = rows;
    int d = dimension;
    Map<String, String> footer = Map.of();
    Broadcast<SerializableConfiguration> conf = WaveRun.broadcastConf(spark);
    requireAll(
        units()
            .map(
                number -> {
                  String uri = StagingPlaces.newFile(folder, "part");
                  try (TableFileWriter<VectorRows> writer =
                      TableFiles.writeVectors(
                          conf.value().value(), uri, footer, RowGroupSize.DEFAULT, d)) {
                    writer.write(block(number, unit, all, d));
                    return writer.finish().rows();
                  }
                })
            .reduce(Long::sum));
  }

  private void spark(String folder) {
    int unit = unitRows;
    int all = rows;
    int d = dimension;
    JavaRDD<Row> made = units().flatMap(number -> rows(block(number, unit, all, d)));
    spark.createDataFrame(made, VectorColumns.SCHEMA).write().parquet(folder);
  }

  private void requireAll(long written) {
    if (written != rows) {
      throw new IllegalStateException(written + " rows, expected " + rows);
    }
  }

  private static Iterator<Row> rows(VectorRows block) {
    List<Row> rows = new ArrayList<>(block.rows());
    for (int i = 0; i < block.rows(); i++) {
      float[] vector = new float[block.dimension()];
      System.arraycopy(block.values(), i * vector.length, vector, 0, vector.length);
      rows.add(
          RowFactory.create(
              block.ids()[i],
              block.contentHashes()[i],
              block.encoder(),
              vector,
              block.tokens()[i],
              block.truncated()[i]));
    }
    return rows.iterator();
  }

  /** Vectors of a linear congruential generator, seeded by the unit's number. */
  private static VectorRows block(int number, int unitRows, int all, int dimension) {
    int n = Math.min(unitRows, all - number * unitRows);
    String[] ids = new String[n];
    String[] hashes = new String[n];
    float[] values = new float[n * dimension];
    long state = number + 1L;
    for (int i = 0; i < values.length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      values[i] = (int) (state >>> 33) * 0x1p-31f;
    }
    for (int i = 0; i < n; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      ids[i] = "corpus/document-%08d.txt".formatted(number * unitRows + i);
      hashes[i] = "%016x%016x%016x%016x".formatted(state, ~state, state * 31, state * 37);
    }
    return new VectorRows(ids, hashes, ENCODER, dimension, values, new int[n], new boolean[n]);
  }

  private static final class SilentProgress implements RunContext.Progress {
    private static final long serialVersionUID = 1L;

    @Override
    public void start(String stage, long total, String what) {}

    @Override
    public void advance(long done) {}

    @Override
    public void close() {}
  }
}
