package org.vectormill.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A table's directory: {@code _vectormill.json}, {@code _vectormill/commits/NNNNN.json}, {@code
 * wave=NNNNN/*.parquet}, and its rejects in {@code _rejects/wave=NNNNN/*.parquet} (a table of its
 * own, whose waves the same commits list, so that rows and rejects appear together).
 */
public final class Table {
  /** Directory of the rejects below a table. */
  public static final String REJECTS = "_rejects";

  private final TableDirectory directory;
  private final String uri;
  private final TableManifest manifest;
  private final List<WaveCommit> waves;

  private Table(TableDirectory directory, String uri, TableManifest manifest) {
    this.directory = directory;
    this.uri = uri;
    this.manifest = manifest;
    this.waves = directory.commits();
  }

  /**
   * The table at {@code uri}.
   *
   * @throws VectormillException ({@link Fault#INPUT}) where there is no manifest, or one of a
   *     contract version that this version doesn't read
   */
  public static Table open(Configuration conf, String uri) {
    return find(conf, uri)
        .orElseThrow(
            () ->
                VectormillException.input(
                    "table "
                        + uri
                        + ": no "
                        + TableManifest.FILE_NAME
                        + " there; name the directory that a job wrote"));
  }

  /** The table at {@code uri}, empty where nothing is there. */
  public static Optional<Table> find(Configuration conf, String uri) {
    TableDirectory own = new TableDirectory(conf, uri);
    String json = own.readOrNull(own.manifest());
    if (json == null) {
      return Optional.empty();
    }
    TableManifest manifest = Json.read(json, TableManifest.class, "manifest " + own.manifest());
    requireReadable(uri, manifest);
    boolean rejects = manifest.tableKind() == TableKind.REJECTS;
    TableDirectory commits =
        rejects ? new TableDirectory(conf, own.root().getParent().toString()) : own;
    return Optional.of(new Table(commits, own.root().toString(), manifest));
  }

  private static void requireReadable(String uri, TableManifest manifest) {
    if (manifest.contractVersion() < 1) {
      throw VectormillException.input(
          "table " + uri + ": its manifest has no contract_version; name a table that a job wrote");
    }
    if (manifest.contractVersion() > TableManifest.CONTRACT_VERSION) {
      throw VectormillException.input(
          "table "
              + uri
              + ": contract version "
              + manifest.contractVersion()
              + ", this Vectormill reads up to "
              + TableManifest.CONTRACT_VERSION
              + "; use a newer one");
    }
    if (!TableKind.isCode(manifest.kind())) {
      throw VectormillException.input(
          "table " + uri + ": kind " + manifest.kind() + " is not one that this version reads");
    }
  }

  /**
   * The table at {@code uri}, made with this manifest where nothing is there.
   *
   * @throws VectormillException ({@link Fault#USAGE}) where the table there has another kind,
   *     dimension or encoder fingerprint (both named), or the directory holds something else
   */
  public static Table openOrCreate(Configuration conf, String uri, TableManifest manifest) {
    Optional<Table> existing = find(conf, uri);
    if (existing.isEmpty()) {
      create(new TableDirectory(conf, uri), uri, manifest);
    }
    Table table = open(conf, uri);
    table.requireSame("kind", table.manifest.kind(), manifest.kind());
    table.requireSame(
        "encoder", table.manifest.encoderFingerprint(), manifest.encoderFingerprint());
    table.requireSame("dimension", table.manifest.dimension(), manifest.dimension());
    return table;
  }

  private static void create(TableDirectory directory, String uri, TableManifest manifest) {
    if (directory.occupiedByOthers()) {
      throw VectormillException.usage(
          "--output "
              + uri
              + ": the directory is not empty and holds no table; name another or an empty one");
    }
    TableManifest rejects =
        new TableManifest(
            TableKind.REJECTS.code(),
            TableManifest.CONTRACT_VERSION,
            null,
            null,
            null,
            null,
            null,
            manifest.inputs(),
            manifest.options(),
            manifest.vectormillVersion());
    TableDirectory below = new TableDirectory(directory.conf(), uri + "/" + REJECTS);
    try {
      ExclusiveFile.create(directory.fs(), below.manifest(), Json.write(rejects));
      ExclusiveFile.create(directory.fs(), directory.manifest(), Json.write(manifest));
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "table " + uri + " can't be created: " + e.getMessage(), e);
    }
  }

  /**
   * This table, where it has the waves that a run was planned on.
   *
   * @param planned the table as it was then; empty where there was none
   * @throws VectormillException ({@link Fault#RETRY}) where another run has published since: what
   *     the plan would add may be there
   */
  public Table requireUnchangedSince(Optional<Table> planned) {
    if (lastWave() != planned.map(Table::lastWave).orElse(0)) {
      throw Staging.overtaken(directory, lastWave());
    }
    return this;
  }

  private int lastWave() {
    return waves.isEmpty() ? 0 : waves.get(waves.size() - 1).wave();
  }

  private void requireSame(String what, Object there, Object asked) {
    if (!Objects.equals(there, asked)) {
      throw VectormillException.usage(
          "--output "
              + uri
              + ": the table has "
              + what
              + " "
              + there
              + ", this run makes "
              + asked
              + "; name another output");
    }
  }

  public String uri() {
    return uri;
  }

  public TableManifest manifest() {
    return manifest;
  }

  /** Manifest JSON for footers. */
  public Map<String, String> footer() {
    return Map.of(TableManifest.FOOTER_KEY, Json.write(manifest));
  }

  /** Committed waves, in order. Read once, when the table was opened. */
  public List<WaveCommit> waves() {
    return waves;
  }

  /** Committed data files, paths as absolute URIs, replaced rows included. */
  public List<DataFile> files() {
    return manifest.tableKind() == TableKind.REJECTS
        ? rejectFiles()
        : absolute(WaveCommit::files, waves);
  }

  /** Committed reject files, paths as absolute URIs. */
  public List<DataFile> rejectFiles() {
    return absolute(WaveCommit::rejectFiles, waves);
  }

  /** Data files of one wave, paths as absolute URIs, replaced rows included. */
  public List<DataFile> files(WaveCommit wave) {
    return absolute(WaveCommit::files, List.of(wave));
  }

  /** Reject files of one wave, paths as absolute URIs. */
  public List<DataFile> rejectFiles(WaveCommit wave) {
    return absolute(WaveCommit::rejectFiles, List.of(wave));
  }

  /** Lists of the ids that one wave replaced, paths as absolute URIs. */
  public List<DataFile> replaced(WaveCommit wave) {
    return absolute(WaveCommit::replaced, List.of(wave));
  }

  /** Whether a later wave replaced rows of an earlier one. */
  public boolean hasReplacements() {
    return waves.stream().anyMatch(wave -> !wave.replaced().isEmpty());
  }

  /** The current rows: those of the commits' files, without rows that a later wave replaced. */
  public Dataset<Row> current(SparkSession spark) {
    if (manifest.tableKind() == TableKind.REJECTS) {
      return rejects(spark);
    }
    Dataset<Row> rows = empty(spark, manifest.tableKind());
    for (WaveCommit wave : waves) {
      List<WaveCommit> one = List.of(wave);
      if (!wave.replaced().isEmpty()) {
        Dataset<Row> replaced = TableFiles.rows(spark, absolute(WaveCommit::replaced, one));
        rows =
            rows.join(
                replaced,
                rows.col(ItemColumns.ID).equalTo(replaced.col(ItemColumns.ID)),
                "left_anti");
      }
      if (!wave.files().isEmpty()) {
        rows = rows.unionByName(TableFiles.rows(spark, absolute(WaveCommit::files, one)));
      }
    }
    return rows;
  }

  /** The rejects of all waves. */
  public Dataset<Row> rejects(SparkSession spark) {
    List<DataFile> files = rejectFiles();
    return files.isEmpty() ? empty(spark, TableKind.REJECTS) : TableFiles.rows(spark, files);
  }

  /**
   * Sources that earlier runs processed (source, source_size, source_version), each as the last run
   * took it.
   */
  public Dataset<Row> processed(SparkSession spark) {
    String last = "last";
    Dataset<Row> lists =
        spark
            .createDataFrame(List.of(), ProcessedColumns.SCHEMA)
            .withColumn(last, functions.lit(0));
    for (WaveCommit wave : waves) {
      if (!wave.processed().isEmpty()) {
        Dataset<Row> list = TableFiles.rows(spark, absolute(WaveCommit::processed, List.of(wave)));
        lists = lists.unionByName(list.withColumn(last, functions.lit(wave.wave())));
      }
    }
    return lists
        .groupBy(ItemColumns.SOURCE)
        .agg(
            functions
                .max(functions.struct(last, ItemColumns.SOURCE_SIZE, ItemColumns.SOURCE_VERSION))
                .as(last))
        .select(
            ItemColumns.SOURCE,
            last + "." + ItemColumns.SOURCE_SIZE,
            last + "." + ItemColumns.SOURCE_VERSION);
  }

  /**
   * A place for files of a plan that are not published. They can become the wave after this table's
   * last one, and no other: what a run adds depends on the waves that it has seen.
   *
   * @param planId names the plan: letters, digits, dots, dashes. Runs of the same plan share what
   *     is done
   */
  public Staging stage(String planId, String runId) {
    return Staging.open(directory, planId, runId, lastWave());
  }

  private List<DataFile> absolute(
      Function<WaveCommit, List<DataFile>> part, List<WaveCommit> commits) {
    List<DataFile> files = new ArrayList<>();
    for (WaveCommit commit : commits) {
      for (DataFile file : part.apply(commit)) {
        files.add(
            new DataFile(directory.absolute(file.path()), file.rows(), file.bytes(), file.ids()));
      }
    }
    return files;
  }

  private static Dataset<Row> empty(SparkSession spark, TableKind kind) {
    return spark.createDataFrame(List.of(), kind.schema());
  }
}
