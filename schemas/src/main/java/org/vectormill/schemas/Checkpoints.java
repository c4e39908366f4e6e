package org.vectormill.schemas;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What work units have finished, one small immutable file each. The first writer of a name wins, so
 * several runs may share them and none waits for another.
 */
public final class Checkpoints {
  private final TableDirectory directory;

  /**
   * @param uri {@link StagingPlaces#units()}
   */
  public Checkpoints(Configuration conf, String uri) {
    this.directory = new TableDirectory(conf, uri);
  }

  /** Whether there are any. */
  public boolean exist() {
    return directory.occupied();
  }

  /** The content kept under a name. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(directory.readOrNull(file(name)));
  }

  /** Keeps content under a name unless there is some; returns what is kept now. */
  public String keep(String name, String content) {
    try {
      if (ExclusiveFile.create(directory.fs(), file(name), content)) {
        return content;
      }
      return find(name).orElseThrow(() -> new FileNotFoundException(file(name).toString()));
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Removes what is kept under a name. */
  public void forget(String name) {
    try {
      directory.fs().delete(file(name), false);
    } catch (IOException e) {
      throw failed(name, e);
    }
  }

  /** Whether a file that a checkpoint names is there as it was written. */
  public static boolean isWhole(Configuration conf, DataFile file) {
    Path path = new Path(file.path());
    try {
      FileSystem fs = path.getFileSystem(conf);
      return fs.getFileStatus(path).getLen() == file.bytes();
    } catch (FileNotFoundException e) {
      return false;
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "file " + path + " can't be looked at: " + e.getMessage(), e);
    }
  }

  private Path file(String name) {
    return new Path(directory.root(), name + ".json");
  }

  private VectormillException failed(String name, IOException e) {
    return new VectormillException(
        Fault.RETRY, "checkpoint " + file(name) + ": " + e.getMessage(), e);
  }
}
