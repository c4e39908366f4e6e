package org.vectormill.jobs.export;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local disk that renames an export's directory file by file, as object stores do. */
public final class CopyingStore extends RawLocalFileSystem {
  static final String SCHEME = "copying";

  /** Files after which a rename of an export ends, as by a kill. */
  static int endsAfter = Integer.MAX_VALUE;

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (!from.getName().contains(".export-")) {
      return super.rename(from, to);
    }
    mkdirs(to);
    int moved = 0;
    for (FileStatus file : listStatus(from)) {
      if (moved++ == endsAfter) {
        throw new IllegalStateException("killed");
      }
      super.rename(file.getPath(), new Path(to, file.getPath().getName()));
    }
    return delete(from, true);
  }
}
