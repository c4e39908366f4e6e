package org.vectormill.schemas;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.apache.hadoop.fs.Syncable;
import org.apache.hadoop.fs.permission.FsPermission;

/** A local disk that writes down what is done to it, in order. */
public final class RecordingDisk extends LocalDisk {
  /** Such as {@code sync a.parquet}, {@code rename a.parquet}, {@code link 00001.json}. */
  static final List<String> DONE = new CopyOnWriteArrayList<>();

  /** Settings under which {@code file:} is such a disk. */
  static Configuration settings() {
    Configuration conf = new Configuration(false);
    conf.set("fs.file.impl", RecordingDisk.class.getName());
    conf.setBoolean("fs.file.impl.disable.cache", true);
    DONE.clear();
    return conf;
  }

  @Override
  void sync(Path file) throws IOException {
    super.sync(file);
    DONE.add("sync " + file.getName());
  }

  @Override
  void syncDirectory(Path directory) throws IOException {
    super.syncDirectory(directory);
    DONE.add("sync directory " + directory.getName());
  }

  @Override
  void replace(Path file, Path name) throws IOException {
    DONE.add("replace " + name.getName());
    super.replace(file, name);
  }

  @Override
  boolean link(Path file, Path name) throws IOException {
    DONE.add("link " + name.getName());
    return super.link(file, name);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    DONE.add("rename " + from.getName());
    return super.rename(from, to);
  }

  @Override
  protected OutputStream createOutputStreamWithMode(
      Path file, boolean append, FsPermission permission) throws IOException {
    // A temporary's name is a dot, the file's own name, a dot, and something unique.
    String name = file.getName().replaceFirst("^\\.(.*)\\.[^.]*$", "content of $1");
    return new Recorded(super.createOutputStreamWithMode(file, append, permission), name);
  }

  private static final class Recorded extends FilterOutputStream
      implements Syncable, StreamCapabilities {
    private final String name;

    Recorded(OutputStream out, String name) {
      super(out);
      this.name = name;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public boolean hasCapability(String capability) {
      return ((StreamCapabilities) out).hasCapability(capability);
    }

    @Override
    public void hflush() throws IOException {
      ((Syncable) out).hflush();
    }

    @Override
    public void hsync() throws IOException {
      ((Syncable) out).hsync();
      DONE.add("sync " + name);
    }
  }
}
