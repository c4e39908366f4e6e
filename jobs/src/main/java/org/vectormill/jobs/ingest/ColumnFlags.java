package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vectormill.jobs.ingest.read.Columns;
import org.vectormill.jobs.ingest.read.CsvFormat;
import org.vectormill.jobs.ingest.read.IdRule;
import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine.Option;

/** The flags that say what an item's id, text, image, label, split and attributes are. */
abstract class ColumnFlags extends JobCommand {
  /** What {@code --id} may be. */
  enum Id {
    PATH,
    CONTENT
  }

  @Option(
      names = "--id",
      paramLabel = "path|content",
      description =
          "Ids are paths below the input (path#L17 for lines and records, path#key in shards), or"
              + " content hashes. Default: path.")
  Id id;

  @Option(names = "--id-column", paramLabel = "NAME", description = "Column of the ids.")
  String idColumn;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description =
          "Column of the texts; a dot leads into nested ones. Default: text, where there is one.")
  String textColumn;

  @Option(
      names = "--image-column",
      paramLabel = "NAME",
      description =
          "Column of images: bytes, a struct with bytes, or a path or URI, paths from the record"
              + " file's folder. Default: image, where there is one and no text.")
  String imageColumn;

  @Option(names = "--label-column", paramLabel = "NAME", description = "Column of the labels.")
  String labelColumn;

  @Option(names = "--split-column", paramLabel = "NAME", description = "Column of the splits.")
  String splitColumn;

  @Option(
      names = "--attribute-columns",
      paramLabel = "NAME,…",
      split = ",",
      description = "Columns that become attributes; may be repeated.")
  List<String> attributeColumns = new ArrayList<>();

  @Option(
      names = "--all-attributes",
      description = "Every plain column without another use becomes an attribute.")
  boolean allAttributes;

  @Option(
      names = "--label-from",
      paramLabel = "parent-folder",
      description = "Label each item with the name of the folder that holds its file.")
  LabelSource labelFrom;

  @Option(names = "--split", paramLabel = "NAME", description = "Split of every item.")
  String split;

  @Option(names = "--no-header", description = "CSV and TSV have no header; columns are c1, c2, …")
  boolean noHeader;

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "Between CSV fields; tab for a tab. Default: a comma, in TSV a tab.")
  String delimiter;

  @Option(
      names = "--quote",
      paramLabel = "CHAR|none",
      defaultValue = "\"",
      description = "Around CSV fields; none where quotes are characters as others are.")
  String quote;

  final IdRule idRule() {
    if (id == null) {
      return idColumn == null ? IdRule.PATH : IdRule.COLUMN;
    }
    return id == Id.PATH ? IdRule.PATH : IdRule.CONTENT;
  }

  final Columns columns() {
    return new Columns(
        idColumn,
        textColumn,
        imageColumn,
        labelColumn,
        splitColumn,
        attributeColumns,
        allAttributes);
  }

  final CsvFormat csv() {
    return new CsvFormat(
        !noHeader,
        delimiter == null ? 0 : character("--delimiter", delimiter),
        quote.toLowerCase(Locale.ROOT).equals("none") ? 0 : character("--quote", quote));
  }

  private static char character(String option, String value) {
    if (value.toLowerCase(Locale.ROOT).equals("tab") || value.equals("\\t")) {
      return '\t';
    }
    if (value.length() != 1) {
      throw VectormillException.usage(option + " must be one character, got \"" + value + "\"");
    }
    return value.charAt(0);
  }
}
