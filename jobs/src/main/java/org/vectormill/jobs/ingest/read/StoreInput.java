package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A source's bytes as stored; every failure of the store is a {@link StoreException}. */
final class StoreInput extends InputStream {
  private final FSDataInputStream in;

  private StoreInput(FSDataInputStream in) {
    this.in = in;
  }

  /** Opens a source at a byte of it. */
  static StoreInput open(Configuration conf, String uri, long at) throws StoreException {
    try {
      Path path = new Path(uri);
      FSDataInputStream in = path.getFileSystem(conf).open(path);
      if (at > 0) {
        in.seek(at);
      }
      return new StoreInput(in);
    } catch (IOException e) {
      throw new StoreException(e);
    }
  }

  /** What the store says of a file. */
  static FileStatus status(Configuration conf, Path path) throws StoreException {
    try {
      FileSystem fs = path.getFileSystem(conf);
      return fs.getFileStatus(path);
    } catch (IOException e) {
      throw new StoreException(e);
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      throw new StoreException(e);
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    try {
      return in.read(to, offset, length);
    } catch (IOException e) {
      throw new StoreException(e);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
