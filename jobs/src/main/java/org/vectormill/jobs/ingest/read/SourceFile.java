package org.vectormill.jobs.ingest.read;

import java.io.Serializable;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;
import org.vectormill.schemas.ProcessedSource;

/**
 * A file of the input.
 *
 * @param uri full URI
 * @param path below its input's root, with {@code /} between names
 * @param size bytes
 * @param version etag, or modification time in milliseconds
 */
public record SourceFile(String uri, String path, long size, String version, SourceKind kind)
    implements Serializable {

  /** The file that {@code status} describes. */
  public static SourceFile of(FileStatus status, String path, SourceKind kind) {
    return new SourceFile(
        status.getPath().toString(), path, status.getLen(), versionOf(status), kind);
  }

  private static String versionOf(FileStatus status) {
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    return etag == null || etag.isEmpty() ? Long.toString(status.getModificationTime()) : etag;
  }

  SourceFile as(SourceKind other) {
    return new SourceFile(uri, path, size, version, other);
  }

  ProcessedSource processed() {
    return new ProcessedSource(uri, size, version);
  }

  /** Name of the folder that holds the file; null directly below the input's root. */
  static String folderOf(String path) {
    int end = path.lastIndexOf('/');
    return end <= 0 ? null : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
  }
}
