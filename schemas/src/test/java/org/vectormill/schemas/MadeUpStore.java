package org.vectormill.schemas;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A local disk under a scheme that nobody knows, which may take no notice of "don't overwrite". */
public final class MadeUpStore extends RawLocalFileSystem {
  /** Setting: whether a second creation overwrites the first. */
  static final String CARELESS = "made-up.careless";

  /** Settings under which {@code madeup:/dir} is a directory of the local disk. */
  static Configuration settings(String way, boolean careless) {
    Configuration conf = new Configuration();
    conf.set("fs.madeup.impl", MadeUpStore.class.getName());
    conf.setBoolean("fs.madeup.impl.disable.cache", true);
    conf.setBoolean(CARELESS, careless);
    if (way != null) {
      conf.set(CommitStore.SETTING + "madeup", way);
    }
    return conf;
  }

  @Override
  public String getScheme() {
    return "madeup";
  }

  @Override
  public URI getUri() {
    return URI.create("madeup:///");
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    boolean over = overwrite || getConf().getBoolean(CARELESS, false);
    return super.create(file, permission, over, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    boolean over = overwrite || getConf().getBoolean(CARELESS, false);
    return super.create(file, over, bufferSize, replication, blockSize, progress);
  }
}
