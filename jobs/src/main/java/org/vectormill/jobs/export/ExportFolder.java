package org.vectormill.jobs.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.VectormillException;

/**
 * The directory that an export makes. Files are written to a directory beside it, {@code
 * .NAME.export-RUN}, which gets the name when all is verified: in one step where the store renames
 * a directory so. Other stores copy file by file; there {@link BegunExport} says meanwhile that the
 * directory is not whole.
 */
final class ExportFolder {
  private static final Logger LOG = LoggerFactory.getLogger("org.vectormill");

  private static final Set<String> RENAMES_AT_ONCE =
      Set.of("file", "hdfs", "viewfs", "webhdfs", "swebhdfs");

  private static final String FASTER = "another run made it meanwhile";

  private final Configuration conf;
  private final FileSystem fs;
  private final Path output;
  private final Path staging;
  private final BegunExport begun;

  private ExportFolder(Configuration conf, FileSystem fs, Path output, String runId) {
    this.conf = conf;
    this.fs = fs;
    this.output = output;
    this.staging = new Path(output.getParent(), stagingPrefix() + runId);
    this.begun = new BegunExport(fs, output);
  }

  /**
   * The folder that {@code --output} names, which is not there yet; touches nothing.
   *
   * @throws VectormillException ({@code USAGE}) where it is there, or lies in the table
   */
  static ExportFolder missing(Configuration conf, ExportOptions options, String runId) {
    Path given = new Path(options.output());
    try {
      FileSystem fs = given.getFileSystem(conf);
      Path output = normal(fs.makeQualified(given));
      requireOutside(options, output, conf);
      if (output.isRoot() || (fs.exists(output) && !new BegunExport(fs, output).isAllOf(output))) {
        throw there(options.output(), "name a directory that does not exist");
      }
      return new ExportFolder(conf, fs, output, runId);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "--output " + given + " can't be reached: " + e.getMessage(), e);
    }
  }

  private static void requireOutside(ExportOptions options, Path output, Configuration conf)
      throws IOException {
    Path given = new Path(options.input());
    Path table = normal(given.getFileSystem(conf).makeQualified(given));
    for (Path at = output; at != null; at = at.getParent()) {
      if (at.equals(table)) {
        throw VectormillException.usage(
            "--output %s lies in the table %s; name another directory"
                .formatted(options.output(), options.input()));
      }
    }
  }

  private static Path normal(Path path) {
    return new Path(path.toUri().normalize());
  }

  private static VectormillException there(Object output, String advice) {
    return VectormillException.usage("--output " + output + " is there already; " + advice);
  }

  /** Removes what a run that was killed had begun to publish, and what this run id left. */
  void clear() {
    try {
      begun.takeBack();
      fs.delete(staging, true);
    } catch (IOException e) {
      throw lost("cleared", e);
    }
  }

  /** Where files are written until they are published. */
  Path staging() {
    return staging;
  }

  /** Removes the writer's markers from the staged files, and says what is left. */
  List<DataFile> plainFiles() {
    // On local disks the writer's checksum files are hidden from the usual listing.
    FileSystem plain = fs instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : fs;
    List<DataFile> files = new ArrayList<>();
    try {
      for (FileStatus file : plain.listStatus(staging)) {
        if (file.getPath().getName().endsWith(".parquet")) {
          files.add(new DataFile(file.getPath().toString(), 0, file.getLen(), IdSetHash.EMPTY));
        } else {
          plain.delete(file.getPath(), true);
        }
      }
      return files;
    } catch (IOException e) {
      throw lost("listed", e);
    }
  }

  /**
   * Gives the staged files their place, and removes what other runs have staged for it.
   *
   * @throws VectormillException ({@code USAGE}) where another run was faster
   */
  void publish(List<DataFile> files) {
    try {
      if (RENAMES_AT_ONCE.contains(fs.getUri().getScheme())) {
        FileContext.getFileContext(fs.getUri(), conf).rename(staging, output, Rename.NONE);
      } else {
        copy(files);
      }
      removeOtherStagings();
    } catch (FileAlreadyExistsException e) {
      throw there(output, FASTER);
    } catch (IOException e) {
      throw lost("published", e);
    }
  }

  private void copy(List<DataFile> files) throws IOException {
    if (fs.exists(output)) {
      throw new FileAlreadyExistsException(output.toString());
    }
    begun.write(files);
    if (!fs.rename(staging, output)) {
      throw new IOException(staging + " can't be renamed");
    }
    begun.requireWhole(files);
    begun.end();
  }

  /** What is staged for a place that is taken can't be published any more. */
  private void removeOtherStagings() {
    try {
      for (FileStatus file : fs.listStatus(output.getParent())) {
        if (file.getPath().getName().startsWith(stagingPrefix())) {
          fs.delete(file.getPath(), true);
        }
      }
    } catch (IOException e) {
      LOG.warn("{}", lost("cleared of what other runs staged", e).getMessage());
    }
  }

  /**
   * Removes the staged files of a run that failed, but for those that are on their way.
   *
   * @throws VectormillException ({@code USAGE}) where it failed because another run was faster,
   *     which takes the staged files away
   */
  void giveUp() {
    try {
      if (begun.isThere()) {
        return;
      }
      fs.delete(staging, true);
      if (fs.exists(output)) {
        throw there(output, FASTER);
      }
    } catch (IOException e) {
      // What made the run fail is told; the files go with the next export to the same place.
    }
  }

  private String stagingPrefix() {
    return "." + output.getName() + ".export-";
  }

  private VectormillException lost(String what, IOException cause) {
    return new VectormillException(
        Fault.RETRY,
        "--output %s can't be %s: %s".formatted(output, what, cause.getMessage()),
        cause);
  }

  @Override
  public String toString() {
    return output.toString();
  }
}
