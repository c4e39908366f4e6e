package org.vectormill.jobs.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
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
  private static final String WAVE = "vectormill_wave";

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
    String columns = String.join(", ", table.manifest().tableKind().schema().fieldNames());
    String create =
        switch (dialect) {
          case SPARK -> "CREATE OR REPLACE TEMPORARY VIEW ";
          case DUCKDB -> "CREATE OR REPLACE VIEW ";
        };
    String stored = union(columns, table::files);
    String hidden = table.hasReplacements() ? union(ItemColumns.ID, this::lists) : "";
    return create
        + name()
        + " AS\nWITH stored AS (\n"
        + stored
        + "\n)"
        + (hidden.isEmpty() ? "" : ", hidden AS (\n" + hidden + "\n)")
        + "\nSELECT "
        + columns
        + "\nFROM stored"
        + (hidden.isEmpty()
            ? ""
            : "\n"
                + "WHERE NOT EXISTS (\n"
                + "  SELECT 1 FROM hidden\n"
                + "  WHERE hidden.id = stored.id AND hidden."
                + WAVE
                + " > stored."
                + WAVE
                + "\n)")
        + ";";
  }

  private List<DataFile> lists(WaveCommit wave) {
    return wave.isCompaction() ? List.of() : table.hidden(wave);
  }

  private String union(String columns, Function<WaveCommit, List<DataFile>> part) {
    List<String> selects = new ArrayList<>();
    for (WaveCommit wave : table.waves()) {
      for (String scan : scans(part.apply(wave))) {
        selects.add("  SELECT " + columns + ", " + wave.wave() + " AS " + WAVE + " FROM " + scan);
      }
    }
    return String.join("\n  UNION ALL\n", selects);
  }

  private List<String> scans(List<DataFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    return switch (dialect) {
      case SPARK -> files.stream().map(file -> "parquet.`" + sparkPath(file) + "`").toList();
      case DUCKDB ->
          List.of(
              files.stream()
                  .map(ViewSql::duckdbPath)
                  .collect(
                      Collectors.joining(
                          ",\n    ", "read_parquet([\n    ", "], hive_partitioning = false)")));
    };
  }

  /** Hadoop takes a path here for a pattern. */
  private static String sparkPath(DataFile file) {
    return file.path().replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0").replace("`", "``");
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
