package org.vectormill.jobs.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Looks for directories, passing over files one by one. */
final class Directories {
  /** URIs of the directories directly below one, without hidden ones. */
  static List<String> visibleBelow(Configuration conf, String uri) {
    List<String> directories = new ArrayList<>();
    try {
      Path path = new Path(uri);
      RemoteIterator<FileStatus> all = path.getFileSystem(conf).listStatusIterator(path);
      while (all.hasNext()) {
        FileStatus status = all.next();
        if (status.isDirectory() && !DirectoryWalk.isHidden(status.getPath())) {
          directories.add(status.getPath().toString());
        }
      }
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "input " + uri + " can't be listed: " + e.getMessage(), e);
    }
    return directories;
  }

  private Directories() {}
}
