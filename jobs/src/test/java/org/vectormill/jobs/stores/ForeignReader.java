package org.vectormill.jobs.stores;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** What a reader sees that knows nothing of commits: whatever matches a pattern. */
record ForeignReader(Configuration conf, String uri) {
  /** Files of {@code wave=*}. */
  int files() throws IOException {
    Path pattern = new Path(uri, "wave=*/*.parquet");
    FileStatus[] found = pattern.getFileSystem(conf).globStatus(pattern);
    return found == null ? 0 : found.length;
  }
}
