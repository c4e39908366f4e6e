package org.vectormill.jobs.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;

/**
 * A view for programs that know nothing of waves: the current rows from the files as they lie. It
 * holds for the waves that there are; a later wave needs a new one.
 */
final class ViewSql {
  /** Each hidden id with the last wave that hides it. */
  private static final String HIDDEN =
      """
      , hidden AS (
        SELECT id, max(wave) AS last
        FROM listed JOIN waves ON waves.file = listed.file GROUP BY id
      )""";

  private static final String NOT_HIDDEN =
      """
      NOT EXISTS (
        SELECT 1 FROM hidden WHERE hidden.id = stored.id AND hidden.last > waves.wave
      )""";

  private final Table table;
  private final Dialect dialect;

  private ViewSql(Table table, Dialect dialect) {
    this.table = table;
    this.dialect = dialect;
  }

  /** Whose SQL it is. */
  enum Dialect {
    SPARK,
    DUCKDB
  }

  /**
   * One statement that makes a view named after the table's directory.
   *
   * @throws VectormillException ({@code INPUT}) where the table has no files, or is one of rejects
   */
  static String of(Table table, Dialect dialect) {
    if (table.manifest().tableKind() == TableKind.REJECTS) {
      throw VectormillException.input(
          table.uri() + ": --sql is for rows; export gives the current rejects as plain files");
    }
    if (table.files().isEmpty()) {
      throw VectormillException.input(table.uri() + ": the table has no rows, so no view");
    }
    return new ViewSql(table, dialect).statement();
  }

  private String statement() {
    String create =
        switch (dialect) {
          case SPARK -> "CREATE OR REPLACE TEMPORARY VIEW ";
          case DUCKDB -> "CREATE OR REPLACE VIEW ";
        };
    return create + name() + " AS\n" + query() + ";";
  }

  private String query() {
    List<WaveCommit> hiding = table.hidingWaves();
    List<DataFile> files = table.files();
    String columns = String.join(", ", table.manifest().tableKind().schema().fieldNames());
    StringBuilder sql = new StringBuilder("WITH stored AS (\n" + rows(columns, files) + "\n)");
    List<String> conditions = new ArrayList<>();
    if (!hiding.isEmpty()) {
      List<DataFile> lists = hiding.stream().flatMap(wave -> table.hidden(wave).stream()).toList();
      sql.append(", listed AS (\n" + rows(ItemColumns.ID, lists) + "\n)");
      sql.append(", waves AS (\n" + waves(hiding) + "\n)");
      sql.append(HIDDEN);
      conditions.add(NOT_HIDDEN);
      conditions.addAll(complete("listed", lists));
    }
    conditions.addAll(complete("stored", files));
    sql.append("\nSELECT " + columns + "\nFROM stored");
    sql.append(hiding.isEmpty() ? "" : " JOIN waves ON waves.file = stored.file");
    for (int i = 0; i < conditions.size(); i++) {
      sql.append(i == 0 ? "\nWHERE " : "\nAND ").append(conditions.get(i));
    }
    return sql.toString();
  }

  /** The wave of each file, as rows of SQL. */
  private String waves(List<WaveCommit> hiding) {
    return Stream.concat(pairs(table.waves(), table::files), pairs(hiding, table::hidden))
        .collect(
            Collectors.joining(
                ",\n    ", "  SELECT * FROM (VALUES\n    ", "\n  ) AS pairs(file, wave)"));
  }

  /** A pattern says nothing where one of its files is gone, so Spark is made to count them. */
  private List<String> complete(String name, List<DataFile> files) {
    long found = files.stream().filter(file -> file.rows() > 0).count();
    return dialect == Dialect.SPARK && files.size() > 1
        ? List.of(
            "assert_true((SELECT count(DISTINCT file) FROM %s) = %d, '%s') IS NULL"
                .formatted(name, found, "files of the view are gone: print it again"))
        : List.of();
  }

  /** Rows of some files in one scan, each with the name of its file. */
  private String rows(String columns, List<DataFile> files) {
    return "  SELECT "
        + columns
        + ", regexp_extract("
        + switch (dialect) {
          case SPARK -> "_metadata.file_path";
          case DUCKDB -> "filename";
        }
        + ", '([^/]+/[^/]+)$', 1) AS file FROM "
        + scan(files);
  }

  /** Each file with its number, as rows of SQL. */
  private Stream<String> pairs(List<WaveCommit> waves, Function<WaveCommit, List<DataFile>> part) {
    return waves.stream()
        .flatMap(
            wave ->
                part.apply(wave).stream()
                    .map(file -> "('" + fileName(file) + "', " + wave.wave() + ")"));
  }

  /** The last two parts of a path, which tell a table's files apart wherever the table lies. */
  private String fileName(DataFile file) {
    String path =
        switch (dialect) {
          case SPARK -> new Path(file.path()).toUri().toString();
          case DUCKDB -> file.path();
        };
    return path.replaceFirst("^.*/([^/]+/[^/]+)$", "$1").replace("'", "''");
  }

  private String scan(List<DataFile> files) {
    return switch (dialect) {
      case SPARK -> "parquet.`" + sparkPattern(files) + "`";
      case DUCKDB ->
          files.stream()
              .map(ViewSql::duckdbPath)
              .collect(
                  Collectors.joining(
                      ",\n    ",
                      "read_parquet([\n    ",
                      "], hive_partitioning = false, filename = true)"));
    };
  }

  /** A query of Spark names one pattern, which stands for many files in braces. */
  private String sparkPattern(List<DataFile> files) {
    if (files.size() == 1) {
      return escaped(files.get(0).path());
    }
    String root = table.uri() + "/";
    return files.stream()
        .map(file -> escaped(file.path().substring(root.length())))
        .collect(Collectors.joining(",", escaped(root) + "{", "}"));
  }

  /** Hadoop takes a path here for a pattern. */
  private static String escaped(String path) {
    return path.replaceAll("[\\\\*?\\[\\]{},]", "\\\\$0").replace("`", "``");
  }

  private static String duckdbPath(DataFile file) {
    String path = file.path().replaceFirst("^file:(//)?", "").replaceFirst("^s3a:", "s3:");
    return "'" + path.replaceAll("[*?\\[]", "[$0]").replace("'", "''") + "'";
  }

  private String name() {
    String last = table.uri().replaceFirst("/+$", "").replaceFirst("^.*/", "");
    String name = last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return name.matches("[a-z_].*") ? name : "t_" + name;
  }
}
