package org.vectormill.jobs.clustering;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.VectormillException;

/**
 * Checkpoints of a training in the staging directory of its plan, one file an iteration. A file
 * that a kill left incomplete contradicts its own header, so it is passed over for the one before
 * it; the last two are kept.
 */
final class TrainingFiles {
  private static final int KEPT = 2;

  /** No checkpoint, so it has not the ending of one. */
  private static final String PRETRAINED = "pretrained";

  private final FileSystem fs;
  private final Path directory;

  TrainingFiles(Configuration conf, StagingPlaces places) {
    this.directory = new Path(new Path(places.units()).getParent(), "training");
    try {
      this.fs = directory.getFileSystem(conf);
    } catch (IOException e) {
      throw failed("can't be reached", e);
    }
  }

  /**
   * The last complete checkpoint. Where there are some and none can be read (another build wrote
   * them), they are removed, with the workers' notes: new ones would be taken for older than these.
   *
   * @param reader makes it of bytes and the file's name; throws {@code INPUT} where it can't
   */
  <T> Optional<T> last(BiFunction<byte[], String, T> reader) {
    List<Path> files = files();
    for (Path file : files) {
      try {
        return Optional.of(reader.apply(read(file), file.toString()));
      } catch (VectormillException e) {
        if (e.fault() != Fault.INPUT) {
          throw e;
        }
      }
    }
    if (!files.isEmpty()) {
      remove();
    }
    return Optional.empty();
  }

  private void remove() {
    try {
      fs.delete(directory, true);
    } catch (IOException e) {
      throw failed("can't be tidied", e);
    }
  }

  /**
   * Keeps a checkpoint.
   *
   * @param name later ones have larger names
   */
  void keep(String name, byte[] state) {
    write(name + ".safetensors", state);
    try {
      List<Path> files = files();
      for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
        fs.delete(old, false);
      }
    } catch (IOException e) {
      throw failed("can't be tidied", e);
    }
  }

  private void write(String name, byte[] content) {
    try (OutputStream out = fs.create(new Path(directory, name), true)) {
      out.write(content);
    } catch (IOException e) {
      throw failed("can't be written", e);
    }
  }

  /**
   * Keeps the file of a network as it is when clustering begins, for when the clusters are
   * published. To be called before the first checkpoint of clustering: one that a kill left
   * incomplete is written again.
   */
  void keepPretrained(byte[] network) {
    write(PRETRAINED, network);
  }

  /** Where {@link #keepPretrained} kept it; empty where it did not. */
  Optional<String> pretrainedUri() {
    return pretrained().map(network -> new Path(directory, PRETRAINED).toString());
  }

  /** What {@link #keepPretrained} kept; empty where the training makes no such network. */
  Optional<byte[]> pretrained() {
    try {
      Path file = new Path(directory, PRETRAINED);
      return fs.exists(file) ? Optional.of(read(file)) : Optional.empty();
    } catch (IOException e) {
      throw failed("can't be looked at", e);
    }
  }

  /** Folder of what workers keep for themselves. */
  String notes() {
    return new Path(directory, "notes").toString();
  }

  /** Folder of contact sheets until the clusters are about to be published. */
  String sheets() {
    return new Path(directory, "contact-sheets").toString();
  }

  private byte[] read(Path file) {
    try (var in = fs.open(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw failed("can't be read", e);
    }
  }

  /** Newest first. */
  private List<Path> files() {
    try {
      return Arrays.stream(fs.listStatus(directory))
          .map(FileStatus::getPath)
          .filter(file -> file.getName().endsWith(".safetensors"))
          .sorted(Comparator.comparing(Path::getName).reversed())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("can't be listed", e);
    }
  }

  private VectormillException failed(String what, IOException e) {
    return new VectormillException(
        Fault.RETRY, "checkpoints " + directory + " " + what + ": " + e.getMessage(), e);
  }
}
