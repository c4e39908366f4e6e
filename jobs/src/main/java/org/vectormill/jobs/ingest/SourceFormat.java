package org.vectormill.jobs.ingest;

import org.vectormill.jobs.ingest.read.SourceKind;

/** What {@code --format} says that files are. */
public enum SourceFormat {
  /** By extension; a file of no known one is an image where its bytes are, else left out. */
  AUTO,
  IMAGES,
  WEBDATASET,
  TEXT,
  JSONL,
  CSV,
  TSV,
  PARQUET;

  SourceKind kindOf(String name) {
    return switch (this) {
      case AUTO -> SourceKind.ofName(name);
      case IMAGES -> SourceKind.IMAGE;
      case WEBDATASET -> SourceKind.WEBDATASET;
      case TEXT -> SourceKind.TEXT;
      case JSONL -> SourceKind.JSONL;
      case CSV -> SourceKind.CSV;
      case TSV -> SourceKind.TSV;
      case PARQUET -> SourceKind.PARQUET;
    };
  }
}
