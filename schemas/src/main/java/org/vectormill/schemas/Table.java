package org.vectormill.schemas;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A table's directory: {@code _vectormill.json}, {@code _vectormill/commits/NNNNN.json}, {@code
 * wave=NNNNN/*.parquet}, and its rejects in {@code _rejects/wave=NNNNN/*.parquet} (a table of its
 * own, whose waves the same commits list, so that rows and rejects appear together).
 */
public final class Table {
  /** Directory of the rejects below a table. */
  public static final String REJECTS = "_rejects";

  /**
   * The table at {@code uri}.
   *
   * @throws VectormillException ({@link Fault#INPUT}) where there is no manifest, or one of a
   *     contract version that this version doesn't read
   */
  public static Table open(Configuration conf, String uri) {
    throw new UnsupportedOperationException();
  }

  /** The table at {@code uri}, empty where nothing is there. */
  public static Optional<Table> find(Configuration conf, String uri) {
    throw new UnsupportedOperationException();
  }

  /**
   * The table at {@code uri}, made with this manifest where nothing is there.
   *
   * @throws VectormillException ({@link Fault#USAGE}) where the table there has another kind,
   *     dimension or encoder fingerprint (both named), or the directory holds something else
   */
  public static Table openOrCreate(Configuration conf, String uri, TableManifest manifest) {
    throw new UnsupportedOperationException();
  }

  public String uri() {
    throw new UnsupportedOperationException();
  }

  public TableManifest manifest() {
    throw new UnsupportedOperationException();
  }

  /** Manifest JSON for footers. */
  public java.util.Map<String, String> footer() {
    throw new UnsupportedOperationException();
  }

  /** Committed waves, in order. Read once, when the table was opened. */
  public List<WaveCommit> waves() {
    throw new UnsupportedOperationException();
  }

  /** Committed data files, paths as absolute URIs, replaced rows included. */
  public List<DataFile> files() {
    throw new UnsupportedOperationException();
  }

  /** Committed reject files, paths as absolute URIs. */
  public List<DataFile> rejectFiles() {
    throw new UnsupportedOperationException();
  }

  /** Whether a later wave replaced rows of an earlier one. */
  public boolean hasReplacements() {
    throw new UnsupportedOperationException();
  }

  /** The current rows: those of the commits' files, without rows that a later wave replaced. */
  public Dataset<Row> current(SparkSession spark) {
    throw new UnsupportedOperationException();
  }

  /** The rejects of all waves. */
  public Dataset<Row> rejects(SparkSession spark) {
    throw new UnsupportedOperationException();
  }

  /** Sources that earlier runs processed: source, source_size, source_version. */
  public Dataset<Row> processed(SparkSession spark) {
    throw new UnsupportedOperationException();
  }

  /** A place for one run's files below {@code _vectormill/staging}. */
  public Staging stage(String runId) {
    throw new UnsupportedOperationException();
  }

  private Table() {}
}
