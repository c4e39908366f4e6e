package org.vectormill.schemas;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopStreams;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * The file system that a table is written to. On local disks it is {@link LocalDisk}, not the one
 * that Hadoop shares among all users of a process; pages have checksums of their own.
 */
final class TableStore {
  private static final int BUFFER_BYTES = 1 << 16;

  static FileSystem of(Path path, Configuration conf) throws IOException {
    FileSystem fs = path.getFileSystem(conf);
    return fs instanceof LocalFileSystem ? LocalDisk.of(conf) : fs;
  }

  /**
   * Makes a closed file's content outlast a loss of power on local disks. HDFS has it on several
   * machines by then, and an object store has stored it.
   */
  static void sync(FileSystem fs, Path file) throws IOException {
    if (fs instanceof LocalDisk disk) {
      disk.sync(file);
    }
  }

  /** Does the same for the names in a directory. */
  static void syncDirectory(FileSystem fs, Path directory) throws IOException {
    if (fs instanceof LocalDisk disk) {
      disk.syncDirectory(directory);
    }
  }

  /** A file that must not exist, for a Parquet writer. */
  static OutputFile newFile(FileSystem fs, Path path) {
    return new NewFile(fs, path);
  }

  private record NewFile(FileSystem fs, Path path) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
      return open(false, blockSizeHint);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
      return open(true, blockSizeHint);
    }

    private PositionOutputStream open(boolean overwrite, long blockSizeHint) throws IOException {
      long blockSize = Math.max(fs.getDefaultBlockSize(path), blockSizeHint);
      return HadoopStreams.wrap(
          fs.create(
              path, overwrite, BUFFER_BYTES, fs.getDefaultReplication(path), blockSize, null));
    }

    @Override
    public boolean supportsBlockSize() {
      return !fs.getUri().getScheme().equals("file");
    }

    @Override
    public long defaultBlockSize() {
      return fs.getDefaultBlockSize(path);
    }

    @Override
    public String getPath() {
      return path.toString();
    }
  }

  private TableStore() {}
}
