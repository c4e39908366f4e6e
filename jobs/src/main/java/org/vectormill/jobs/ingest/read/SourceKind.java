package org.vectormill.jobs.ingest.read;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vectormill.udfs.image.ImageFormat;

/** What a file is read as. */
public enum SourceKind {
  IMAGE(imageExtensions()),
  WEBDATASET(Set.of("tar")),
  TEXT(Set.of("txt", "text", "md")),
  JSONL(Set.of("jsonl", "ndjson")),
  CSV(Set.of("csv")),
  TSV(Set.of("tsv", "tab")),
  PARQUET(Set.of("parquet", "parq")),
  /** Of no known extension: an image where its bytes say so, otherwise left out. */
  UNKNOWN(Set.of());

  private static final Set<String> NEVER_COMPRESSED = Set.of("parquet", "parq");

  private final Set<String> extensions;

  SourceKind(Set<String> extensions) {
    this.extensions = extensions;
  }

  private static Set<String> imageExtensions() {
    return Stream.of(ImageFormat.values())
        .map(ImageFormat::extensions)
        .flatMap(List::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The kind that a file's name says, what it is compressed with left aside. */
  public static SourceKind ofName(String name) {
    String extension = extension(Compression.strip(name));
    boolean compressed = Compression.of(name) != Compression.NONE;
    for (SourceKind kind : values()) {
      if (kind.extensions.contains(extension)
          && !(compressed && (kind == IMAGE || NEVER_COMPRESSED.contains(extension)))) {
        return kind;
      }
    }
    return UNKNOWN;
  }

  /** Whether the file holds records with named columns. */
  public boolean hasColumns() {
    return this == JSONL || this == CSV || this == TSV || this == PARQUET;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Lower-case extension of a path without the dot; empty where it has none. */
  static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
