package org.vectormill.schemas;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * Creates a file only where none is, whole or not at all. Of several writers one wins, which is
 * what a commit rests on; {@link CommitStore} knows how.
 */
final class ExclusiveFile {
  /**
   * True where this call made the file; false where it was there. An object store that took a file
   * and lost its answer says false to the writer's own repetition: where that matters, compare what
   * is there.
   *
   * @throws VectormillException ({@link Fault#USAGE}) in a store that can't
   */
  static boolean create(FileSystem fs, Path target, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return switch (CommitStore.of(fs).creation()) {
      case LINK -> createAside(fs, target, bytes, disk(fs)::link);
      case RENAME ->
          createAside(fs, target, bytes, (temporary, file) -> rename(fs, temporary, file));
      case CONDITIONAL_PUT -> put(fs, target, bytes);
      case CREATE -> createDirectly(fs, target, bytes);
    };
  }

  /**
   * Shows, where the project's tests have not, that a second creation is refused: a store may speak
   * S3 and take no notice of conditions.
   *
   * @param directory for a file that is deleted again
   * @throws VectormillException ({@link Fault#USAGE}) where both of two writers win
   */
  static void requireExclusive(FileSystem fs, Path directory) throws IOException {
    if (CommitStore.of(fs).proven()) {
      return;
    }
    Path probe = new Path(directory, "exclusive-" + UUID.randomUUID());
    try {
      if (!create(fs, probe, "first") || create(fs, probe, "second")) {
        throw VectormillException.usage(
            "store "
                + fs.getUri()
                + ": two writers may create the same file there, so that a table could lose rows;"
                + " write to a store that honours If-None-Match, to HDFS or to a local disk");
      }
    } finally {
      fs.delete(probe, false);
    }
  }

  private interface Placing {
    boolean place(Path temporary, Path target) throws IOException;
  }

  private static boolean createAside(FileSystem fs, Path target, byte[] bytes, Placing placing)
      throws IOException {
    fs.mkdirs(target.getParent());
    Path temporary = new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID());
    try (FSDataOutputStream out = fs.create(temporary, false)) {
      out.write(bytes);
      // Under its name the file counts, so by then its content has to outlast a loss of power.
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    }
    try {
      return placing.place(temporary, target);
    } finally {
      fs.delete(temporary, false);
    }
  }

  private static LocalDisk disk(FileSystem fs) throws IOException {
    return fs instanceof LocalDisk disk ? disk : LocalDisk.of(fs.getConf());
  }

  private static boolean rename(FileSystem fs, Path temporary, Path target) throws IOException {
    try {
      FileContext.getFileContext(fs.getUri(), fs.getConf()).rename(temporary, target);
      return true;
    } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
      return false;
    }
  }

  private static boolean put(FileSystem fs, Path target, byte[] bytes) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = fs.createFile(target);
    builder.recursive();
    builder.must(CommitStore.CONDITIONAL, true);
    FSDataOutputStream out = builder.build();
    try {
      out.write(bytes);
    } catch (IOException e) {
      // Closing would put what was written up to now.
      out.abort();
      throw e;
    }
    try {
      out.close();
      return true;
    } catch (IOException e) {
      return refused(fs, target, e);
    }
  }

  /** The store answers 412, or 409 to one of two at the same moment; what is there decides. */
  private static boolean refused(FileSystem fs, Path target, IOException answer)
      throws IOException {
    if (fs.exists(target)) {
      return false;
    }
    throw answer;
  }

  private static boolean createDirectly(FileSystem fs, Path target, byte[] bytes)
      throws IOException {
    try (OutputStream out = fs.create(target, false)) {
      out.write(bytes);
      return true;
    } catch (IOException e) {
      return refused(fs, target, e);
    }
  }

  private ExclusiveFile() {}
}
