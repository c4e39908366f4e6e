package org.vectormill.schemas;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * How a store lets one of several writers create a file, which a commit rests on.
 *
 * @param creation the way that is taken
 * @param proven whether the store is one that this project's tests run on, or does as HDFS does;
 *     any other shows at the start of a run that it refuses a second creation
 */
record CommitStore(Creation creation, boolean proven) {
  /** Hadoop setting, a scheme follows: {@code rename} or {@code create}. */
  static final String SETTING = "vectormill.store.";

  /** Hadoop's own name for a put that fails where there is an object. */
  static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  /** Ways to create a file only where none is, whole or not at all. */
  enum Creation {
    /** A hard link to a file that is complete. */
    LINK,
    /** A rename that fails where the target exists. */
    RENAME,
    /** One put with the condition that nothing is there. */
    CONDITIONAL_PUT,
    /** {@code create} without overwriting, visible when it is closed. */
    CREATE
  }

  private static final Map<String, CommitStore> KNOWN =
      Map.of(
          "file", new CommitStore(Creation.LINK, true),
          "hdfs", new CommitStore(Creation.RENAME, true),
          "viewfs", new CommitStore(Creation.RENAME, true),
          "webhdfs", new CommitStore(Creation.RENAME, true),
          "swebhdfs", new CommitStore(Creation.RENAME, true),
          "s3a", new CommitStore(Creation.CONDITIONAL_PUT, false));

  /**
   * The way of a file system.
   *
   * @throws VectormillException ({@link Fault#USAGE}) where nobody has said that the store creates
   *     exclusively, or where its version or settings keep it from doing so
   */
  static CommitStore of(FileSystem fs) {
    String scheme = fs.getUri().getScheme();
    CommitStore known = KNOWN.get(scheme);
    if (known == null) {
      return vouchedFor(scheme, fs.getConf().get(SETTING + scheme));
    }
    if (known.creation == Creation.CONDITIONAL_PUT) {
      requireConditions(fs);
    }
    return known;
  }

  /** Whether files are staged apart and moved; otherwise they get their final place at once. */
  boolean renames() {
    return creation == Creation.LINK || creation == Creation.RENAME;
  }

  private static CommitStore vouchedFor(String scheme, String way) {
    return switch (String.valueOf(way).toLowerCase(Locale.ROOT)) {
      case "rename" -> new CommitStore(Creation.RENAME, false);
      case "create" -> new CommitStore(Creation.CREATE, false);
      default ->
          throw VectormillException.usage(
              "store %s: Vectormill doesn't know whether it lets only one of two writers create a"
                      .formatted(scheme)
                  + " file, so tables can't be written there; use file, hdfs, viewfs or s3a, or"
                  + " say how it does with --conf spark.hadoop.%s%s=rename|create (docs/tables.md)"
                      .formatted(SETTING, scheme)
                  + (way == null ? "" : ", got " + way));
    };
  }

  private static void requireConditions(FileSystem fs) {
    try {
      if (!fs.hasPathCapability(new Path("/"), CONDITIONAL)) {
        throw VectormillException.usage(
            "store "
                + fs.getUri()
                + ": its file system makes no conditional puts, so tables can't be written there;"
                + " use hadoop-aws 3.4.2 or newer and leave fs.s3a.create.conditional.enabled on");
      }
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "store " + fs.getUri() + " can't be asked: " + e.getMessage(), e);
    }
  }
}
