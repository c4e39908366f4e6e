package org.vectormill.schemas;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table's directory: {@code _vectormill.json} (commits may say otherwise: {@link WaveCommit}),
 * {@code _vectormill/commits/NNNNN.json}, {@code wave=NNNNN/*.parquet}, and its rejects in {@code
 * _rejects/wave=NNNNN/*.parquet} (a table of its own, whose waves the same commits list, so that
 * rows and rejects appear together).
 */
public final class Table {
  /** Directory of the rejects below a table. */
  public static final String REJECTS = "_rejects";

  /** Column of {@link #positions}: escaped URI of the file that a row stands in. */
  public static final String FILE = "vectormill_file";

  /** Column of {@link #positions}: number of the row in its file, from 0. */
  public static final String ROW = "vectormill_row";

  private final TableDirectory directory;
  private final String uri;
  private final TableManifest manifest;
  private final List<WaveCommit> waves;
  private final boolean stated;

  /**
   * @param stated whether commits say what the table is, or the next one is to
   */
  private Table(
      TableDirectory directory,
      String uri,
      TableManifest manifest,
      List<WaveCommit> waves,
      boolean stated) {
    this.directory = directory;
    this.uri = uri;
    this.manifest = manifest;
    this.waves = waves;
    this.stated = stated;
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
    List<WaveCommit> waves = commits.commits();
    Optional<TableManifest> stated =
        StatedManifest.of(waves).map(one -> rejects ? one.ofRejects() : one);
    stated.ifPresent(one -> requireReadable(uri, one));
    String name = own.root().toString();
    return Optional.of(
        new Table(commits, name, stated.orElse(manifest), waves, stated.isPresent()));
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
    table.requireSameVectors(manifest);
    table.requireSame("dimension", table.manifest.dimension(), manifest.dimension());
    return table;
  }

  /**
   * The table at {@code uri} for a run whose wave replaces all rows that are there: this manifest
   * counts from that wave on, and stands in the footers of its files. Where nothing is there, the
   * table is made with it.
   *
   * @throws VectormillException ({@link Fault#USAGE}) where the table there has another kind or
   *     encoder fingerprint (both named), or the directory holds something else
   */
  public static Table openToReplace(Configuration conf, String uri, TableManifest manifest) {
    Optional<Table> existing = find(conf, uri);
    if (existing.isEmpty()) {
      return openOrCreate(conf, uri, manifest);
    }
    Table table = existing.get();
    table.requireSameVectors(manifest);
    // As it reads when it is read back, so that equal ones are equal.
    TableManifest told = Json.read(Json.write(manifest), TableManifest.class, "manifest of " + uri);
    return told.equals(table.manifest)
        ? table
        : new Table(table.directory, table.uri, told, table.waves, true);
  }

  private void requireSameVectors(TableManifest asked) {
    requireSame("kind", manifest.kind(), asked.kind());
    requireSame("encoder", manifest.encoderFingerprint(), asked.encoderFingerprint());
  }

  private static void create(TableDirectory directory, String uri, TableManifest manifest) {
    if (directory.occupiedByOthers()) {
      throw VectormillException.usage(
          "--output "
              + uri
              + ": the directory is not empty and holds no table; name another or an empty one");
    }
    TableDirectory below = new TableDirectory(directory.conf(), uri + "/" + REJECTS);
    try {
      ExclusiveFile.create(directory.fs(), below.manifest(), Json.write(manifest.ofRejects()));
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

  TableDirectory directory() {
    return directory;
  }

  /**
   * The absolute URI of its directory, the same however it was given: waves and plans are named by
   * it.
   */
  public String uri() {
    return uri;
  }

  /**
   * Brings {@code _vectormill.json} to what the newest commit says, where a run that changed the
   * manifest was ended before it had.
   */
  public void settleManifest() {
    StatedManifest.settle(directory);
  }

  /** What the table is by its newest commit; of {@link #openToReplace}, by the next one. */
  public TableManifest manifest() {
    return manifest;
  }

  /** Manifest JSON for footers. */
  public Map<String, String> footer() {
    return Map.of(TableManifest.FOOTER_KEY, Json.write(manifest));
  }

  /**
   * Committed waves, in order, from the last compaction on. Read once, when the table was opened.
   */
  public List<WaveCommit> waves() {
    return waves;
  }

  /** Committed data files, paths as absolute URIs, replaced rows included. */
  public List<DataFile> files() {
    return manifest.tableKind() == TableKind.REJECTS
        ? rejectFiles()
        : absolute(WaveCommit::files, waves);
  }

  /**
   * Committed reject files, paths as absolute URIs. Those of a run whose rows the gate withheld are
   * among them only until the next wave, which is of the same items.
   */
  public List<DataFile> rejectFiles() {
    return waves.stream().flatMap(wave -> rejectFiles(wave).stream()).toList();
  }

  /** Data files of one wave, paths as absolute URIs, replaced rows included. */
  public List<DataFile> files(WaveCommit wave) {
    return absolute(WaveCommit::files, List.of(wave));
  }

  /** Reject files of one wave, paths as absolute URIs; see {@link #rejectFiles()}. */
  public List<DataFile> rejectFiles(WaveCommit wave) {
    boolean overtaken = wave.withheld() && wave.wave() != lastWave();
    return overtaken ? List.of() : absolute(WaveCommit::rejectFiles, List.of(wave));
  }

  /** Lists of the ids that one wave replaced, paths as absolute URIs. */
  public List<DataFile> replaced(WaveCommit wave) {
    return absolute(WaveCommit::replaced, List.of(wave));
  }

  /** Lists of the ids that one wave removed, paths as absolute URIs. */
  public List<DataFile> removed(WaveCommit wave) {
    return absolute(WaveCommit::removed, List.of(wave));
  }

  /** Lists of the ids whose earlier rejects one wave removed, paths as absolute URIs. */
  public List<DataFile> removedRejects(WaveCommit wave) {
    return absolute(WaveCommit::removedRejects, List.of(wave));
  }

  /** Lists of the ids whose earlier rows one wave hides, paths as absolute URIs. */
  public List<DataFile> hidden(WaveCommit wave) {
    return Stream.of(replaced(wave), removed(wave)).flatMap(List::stream).toList();
  }

  /** Rejects that one wave wants tried again, paths as absolute URIs. */
  public List<DataFile> retried(WaveCommit wave) {
    return absolute(WaveCommit::retried, List.of(wave));
  }

  /** Lists of the sources that one wave took, paths as absolute URIs. */
  public List<DataFile> processed(WaveCommit wave) {
    return absolute(WaveCommit::processed, List.of(wave));
  }

  /** Number of the last wave, 0 where there is none. */
  public int lastWave() {
    return waves.isEmpty() ? 0 : waves.get(waves.size() - 1).wave();
  }

  /** Waves before the last compaction, whose files are no longer read; reads their commits. */
  public List<WaveCommit> superseded() {
    int first = waves.isEmpty() ? 0 : waves.get(0).wave();
    return directory.history().stream().filter(wave -> wave.wave() < first).toList();
  }

  /** Names of the plans that have staged files, alive or dead. */
  public List<String> stagedPlans() {
    return StagedPlan.list(directory).stream().map(plan -> plan.directory().getName()).toList();
  }

  /**
   * URIs of all Parquet files below the table that have a column {@code id}, whether a commit lists
   * them or not: staged and superseded ones too.
   */
  public List<String> filesWithIds() {
    Path sources = directory.internal("processed");
    return directory.listDeep(directory.root()).stream()
        .map(FileStatus::getPath)
        .filter(file -> file.getName().endsWith(".parquet"))
        .filter(file -> !file.getParent().equals(sources))
        .filter(file -> !file.getName().startsWith("processed-"))
        .map(Path::toString)
        .toList();
  }

  /**
   * Waves of input tables that are done in this table, as {@code uri#wave@run@time}. A wave that
   * wants rejects tried again takes back what is before it, so that the next run looks row by row.
   */
  public Set<String> doneInputWaves() {
    Set<String> done = new LinkedHashSet<>();
    for (WaveCommit wave : waves) {
      if (!wave.retried().isEmpty() && !wave.isCompaction()) {
        done.clear();
      }
      // What is said again moves to the end: marks among these count by the last one.
      done.removeAll(wave.inputWaves());
      done.addAll(wave.inputWaves());
    }
    return done;
  }

  /** Whether a wave wants rejects tried again. */
  public boolean hasRetries() {
    return waves.stream().anyMatch(wave -> !wave.retried().isEmpty());
  }

  /** Whether data files of waves are left that a compaction stands for. */
  public boolean supersededFilesLeft() {
    int first = waves.isEmpty() ? 0 : waves.get(0).wave();
    for (int wave = 1; wave < first; wave++) {
      Path place = new Path(directory.root(), TableDirectory.waveName(wave));
      if (!directory.list(place).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a later wave replaced or removed rows of an earlier one. */
  public boolean hasReplacements() {
    return !hidingWaves().isEmpty();
  }

  /** Waves that replaced or removed rows of earlier ones, in order. */
  public List<WaveCommit> hidingWaves() {
    return CurrentView.hiding(waves);
  }

  /**
   * Hash of the current rows' ids, by the commits alone: each hidden id stands for one row of an
   * earlier wave.
   */
  public IdSetHash currentIds() {
    IdSetHash ids = IdSetHash.EMPTY;
    for (WaveCommit wave : waves) {
      if (wave.hides()) {
        for (DataFile list : hidden(wave)) {
          ids = ids.minus(list.ids());
        }
      }
      for (DataFile file : wave.files()) {
        ids = ids.plus(file.ids());
      }
    }
    return ids;
  }

  /** The current rows: those of the commits' files, without rows that a later wave hides. */
  public Dataset<Row> current(SparkSession spark) {
    CurrentView view = new CurrentView(spark, this);
    return manifest.tableKind() == TableKind.REJECTS ? view.rejects() : view.rows();
  }

  /**
   * Where rows of some waves stand that no later one of them replaced or removed: {@code id},
   * {@code content_hash}, {@link #FILE}, {@link #ROW}.
   *
   * @param of waves of this table, in order
   */
  public Dataset<Row> positions(SparkSession spark, List<WaveCommit> of) {
    return new CurrentView(spark, this).positions(of);
  }

  /**
   * The current rejects. One that is to be tried again is among them until a later wave has a row
   * or a reject with its id.
   */
  public Dataset<Row> rejects(SparkSession spark) {
    return new CurrentView(spark, this).rejects();
  }

  /** Rejects that are done: neither of a withheld run nor to be tried again. */
  public Dataset<Row> settledRejects(SparkSession spark) {
    return new CurrentView(spark, this).settledRejects();
  }

  /** Rejects that are to be tried again and were not tried since. */
  public Dataset<Row> awaitedRejects(SparkSession spark) {
    return new CurrentView(spark, this).awaited();
  }

  /** Ids that waves removed and that have no row now: column {@code id}. */
  public Dataset<Row> removedIds(SparkSession spark) {
    return new CurrentView(spark, this).removedIds();
  }

  /**
   * Ids that have left the table: removed ones without a row now, and those of removed rejects
   * without row or reject now; column {@code id}, each once.
   */
  public Dataset<Row> goneIds(SparkSession spark) {
    return new CurrentView(spark, this).goneIds();
  }

  /**
   * Sources that earlier runs took and that need no second look (source, source_size,
   * source_version), each as the last run took it; without those of rejects that are to be tried
   * again.
   */
  public Dataset<Row> processed(SparkSession spark) {
    return new CurrentView(spark, this).processed();
  }

  /**
   * A place for files of a plan that are not published. They can become the wave after this table's
   * last one, and no other: what a run adds depends on the waves that it has seen. Its signs of
   * life begin here and end when it is published or discarded, or with {@link Staging#endRun}.
   *
   * @param planId names the plan: letters, digits, dots, dashes. Runs of the same plan share what
   *     is done
   */
  public Staging stage(String planId, String runId) {
    return Staging.open(directory, planId, runId, lastWave()).stating(stated ? manifest : null);
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
}
