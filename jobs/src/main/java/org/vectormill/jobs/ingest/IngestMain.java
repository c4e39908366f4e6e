package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.jobs.ingest.read.Inlining;
import org.vectormill.jobs.ingest.read.Limits;
import org.vectormill.jobs.ingest.read.ReadSpec;
import org.vectormill.jobs.ingest.read.TextUnit;
import org.vectormill.schemas.RowGroupSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vectormill ingest}. */
@Command(
    name = "ingest",
    header = "Turns folders of images and files of texts into an items table.",
    description = {
      "%nReads images, WebDataset tar shards, text files, JSONL, CSV, TSV and Parquet from any",
      "Hadoop file system; .gz, .bz2 and .zst too. What can't be read becomes a row in the table's",
      "rejects, with its reason, and the rest goes on. A rerun takes what is new or changed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill ingest --input photos --output out/items",
      "  vectormill ingest --input photos --label-from parent-folder --output out/items",
      "  vectormill ingest --input notes.txt --text-unit line --output out/notes",
      "  vectormill ingest --input 's3a://bucket/shards/*.tar' --output s3a://bucket/items",
      "  vectormill ingest --input docs.jsonl --id-column id --text-column body.text \\",
      "      --label-column topic --all-attributes --output out/docs",
      "  vectormill ingest --input photos --vanished remove --output out/items",
      "  vectormill ingest --input train --input more --split train --dry-run --output out/items"
    })
public final class IngestMain extends ColumnFlags {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "Directory, file or glob; may be repeated. Hidden files are left out.")
  List<String> inputs = new ArrayList<>();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "Directory of the items table; made where nothing is there, else added to.")
  String output;

  @Option(
      names = "--format",
      paramLabel = "auto|images|webdataset|text|jsonl|csv|tsv|parquet",
      defaultValue = "auto",
      description =
          "What the files are. auto goes by extension; a file of no known one is an image where"
              + " its bytes say so, else it is left out. Default: ${DEFAULT-VALUE}.")
  SourceFormat format;

  @Option(
      names = "--text-unit",
      paramLabel = "file|line",
      defaultValue = "file",
      description = "One text item a file, or one a line. Default: ${DEFAULT-VALUE}.")
  TextUnit textUnit;

  @Option(
      names = "--max-text-chars",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Longer texts are rejects. Default: ${DEFAULT-VALUE} characters.")
  int maxTextChars;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "178956970",
      description =
          "Larger images are rejects; looked up in the header, before decoding. Default:"
              + " ${DEFAULT-VALUE}.")
  long maxPixels;

  @Option(
      names = "--max-item-bytes",
      paramLabel = "N",
      defaultValue = "67108864",
      description = "Items and records of more bytes are rejects. Default: ${DEFAULT-VALUE}.")
  int maxItemBytes;

  @Option(
      names = "--inline",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description =
          "Pack images into the table: those up to --inline-bytes, all, or none. Images inside"
              + " shards and records always are. Default: ${DEFAULT-VALUE}.")
  Inlining.Mode inline;

  @Option(
      names = "--inline-bytes",
      paramLabel = "N",
      defaultValue = "1048576",
      description = "Largest image that --inline auto packs. Default: ${DEFAULT-VALUE}.")
  int inlineBytes;

  @Option(
      names = "--row-group-bytes",
      paramLabel = "N",
      defaultValue = "33554432",
      description = "Bytes after which a Parquet row group ends. Default: ${DEFAULT-VALUE}.")
  long rowGroupBytes;

  @Option(
      names = "--row-group-rows",
      paramLabel = "N",
      defaultValue = "8192",
      description = "Rows after which it ends at the latest. Default: ${DEFAULT-VALUE}.")
  int rowGroupRows;

  @Option(
      names = "--verify-content",
      description = "Read sources again whose size and version are as before, and compare hashes.")
  boolean verifyContent;

  @Option(
      names = "--vanished",
      paramLabel = "keep|remove",
      defaultValue = "keep",
      description =
          "Items whose source is gone from the input directories, or holds them no more: keep"
              + " their rows, or remove them from view. Default: ${DEFAULT-VALUE}.")
  VanishedItems vanished;

  @Override
  public Integer call() {
    return run(this::options, new IngestJob());
  }

  private IngestOptions options() {
    ReadSpec read =
        new ReadSpec(
            textUnit,
            idRule(),
            columns(),
            csv(),
            new Limits(maxTextChars, maxPixels, maxItemBytes),
            new Inlining(inline, inlineBytes),
            labelFrom == LabelSource.PARENT_FOLDER,
            split);
    return new IngestOptions(
        inputs,
        output,
        format,
        read,
        new RowGroupSize(rowGroupBytes, rowGroupRows),
        verifyContent,
        vanished,
        jobOptions());
  }
}
