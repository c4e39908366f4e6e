package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.jobs.ingest.read.IdRule;
import org.vectormill.jobs.ingest.read.ReadSpec;
import org.vectormill.jobs.ingest.read.SourceFile;
import org.vectormill.jobs.ingest.read.SourceKind;
import org.vectormill.jobs.ingest.read.SourceReader;
import org.vectormill.schemas.VectormillException;

/**
 * The sources of a run by kind.
 *
 * @param kinds number and bytes of each kind's sources, and the first of them by URI
 */
record SourceKinds(Map<SourceKind, OfKind> kinds) {
  /** Sources of one kind. */
  record OfKind(long files, long bytes, SourceFile first) {}

  boolean isEmpty() {
    return kinds.isEmpty();
  }

  long files() {
    return kinds.values().stream().mapToLong(OfKind::files).sum();
  }

  /** One line a kind. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    kinds.forEach(
        (kind, of) ->
            lines.add("%s: %,d files, %,d bytes".formatted(kind.code(), of.files(), of.bytes())));
    return lines;
  }

  /**
   * Checks the columns that options name against the kinds and against the first file of each.
   *
   * @throws VectormillException ({@code USAGE}) where a column can't be or is not there
   */
  void requireColumns(Configuration conf, ReadSpec spec) {
    if (spec.idRule() == IdRule.COLUMN) {
      requireNone(SourceKind.IMAGE, spec);
      requireNone(SourceKind.TEXT, spec);
    }
    boolean records = kinds.keySet().stream().anyMatch(SourceKind::hasColumns);
    if (!records
        && !isEmpty()
        && (spec.columns().text() != null || spec.columns().image() != null)) {
      throw VectormillException.usage(
          "--text-column and --image-column: no input has columns, there are only "
              + String.join("; ", lines())
              + "; leave the option out or say what the files are with --format");
    }
    kinds.values().forEach(of -> SourceReader.requireColumns(conf, spec, of.first()));
  }

  private void requireNone(SourceKind kind, ReadSpec spec) {
    OfKind of = kinds.get(kind);
    if (of != null) {
      throw VectormillException.usage(
          ("--id-column %s: a source of kind %s has no columns (%s);"
                  + " leave the option out or say what the files are with --format")
              .formatted(spec.columns().id(), kind.code(), of.first().uri()));
    }
  }
}
