package org.vectormill.jobs.ingest;

import java.util.List;
import java.util.Map;
import org.vectormill.jobs.ingest.read.Columns;
import org.vectormill.jobs.ingest.read.IdRule;
import org.vectormill.jobs.ingest.read.ReadSpec;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.VectormillException;

/**
 * What to ingest, and how.
 *
 * @param inputs directories, files or globs, at least one
 * @param output URI of the items table
 * @param verifyContent whether sources are read again whose size and version are as before
 * @param vanished what becomes of items that the inputs no longer have
 * @param asGiven the job's options by name, for the manifest
 */
public record IngestOptions(
    List<String> inputs,
    String output,
    SourceFormat format,
    ReadSpec read,
    RowGroupSize rowGroups,
    boolean verifyContent,
    VanishedItems vanished,
    Map<String, String> asGiven) {

  public IngestOptions {
    inputs = List.copyOf(inputs);
    asGiven = Map.copyOf(asGiven);
    if (inputs.isEmpty() || inputs.stream().anyMatch(String::isBlank)) {
      throw VectormillException.usage("--input must name a directory, a file or a glob");
    }
    if (output == null || output.isBlank()) {
      throw VectormillException.usage("--output must name the table's directory");
    }
    requireOneMeaning(read);
  }

  private static void requireOneMeaning(ReadSpec read) {
    Columns columns = read.columns();
    if (columns.id() != null && read.idRule() != IdRule.COLUMN) {
      throw VectormillException.usage(
          "--id-column " + columns.id() + " and --id content: give one of them");
    }
    if (columns.text() != null && columns.image() != null) {
      throw VectormillException.usage(
          ("--text-column %s and --image-column %s: an item is a text or an image;"
                  + " keep the other as an attribute, or make two tables")
              .formatted(columns.text(), columns.image()));
    }
    if (columns.label() != null && read.labelFromFolder()) {
      throw VectormillException.usage(
          "--label-column " + columns.label() + " and --label-from: give one of them");
    }
    if (columns.split() != null && read.split() != null) {
      throw VectormillException.usage(
          "--split-column " + columns.split() + " and --split: give one of them");
    }
    if (columns.allAttributes() && !columns.attributes().isEmpty()) {
      throw VectormillException.usage("--attribute-columns and --all-attributes: give one of them");
    }
  }
}
