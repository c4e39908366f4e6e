package org.vectormill.jobs.clustering;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.training.WorkerNotes;

/**
 * Notes of workers beside the checkpoints of their training, a file each. Attempts of a task write
 * files of their own, all with the same bytes, so that any whole one will do.
 */
record StagedNotes(Broadcast<SerializableConfiguration> conf, String directory)
    implements WorkerNotes, AutoCloseable {
  private static final long serialVersionUID = 1L;

  static StagedNotes in(SparkSession spark, TrainingFiles files) {
    return new StagedNotes(WaveRun.broadcastConf(spark), files.notes());
  }

  @Override
  public void keep(int part, int worker, byte[] note) {
    Path file = new Path(of(part), "%05d-%s.note".formatted(worker, UUID.randomUUID()));
    try (OutputStream out = fs().create(file, false)) {
      out.write(note);
    } catch (IOException e) {
      throw failed(file, "can't be written", e);
    }
  }

  @Override
  public byte[] kept(int part, int worker, int length) {
    Path folder = of(part);
    try {
      for (FileStatus file : fs().listStatus(folder, one -> isOf(one, worker))) {
        if (file.getLen() == length) {
          try (var in = fs().open(file.getPath())) {
            return in.readAllBytes();
          }
        }
      }
    } catch (FileNotFoundException e) {
      throw missing(folder, worker);
    } catch (IOException e) {
      throw failed(folder, "can't be read", e);
    }
    throw missing(folder, worker);
  }

  private static boolean isOf(Path file, int worker) {
    return file.getName().startsWith("%05d-".formatted(worker));
  }

  @Override
  public void forgetBefore(int part) {
    try {
      for (FileStatus folder : fs().listStatus(new Path(directory))) {
        String name = folder.getPath().getName();
        if (name.matches("[0-9]{7}") && Integer.parseInt(name) < part) {
          fs().delete(folder.getPath(), true);
        }
      }
    } catch (FileNotFoundException e) {
      // Nothing is there yet.
      return;
    } catch (IOException e) {
      throw failed(new Path(directory), "can't be tidied", e);
    }
  }

  private Path of(int part) {
    return new Path(directory, "%07d".formatted(part));
  }

  private FileSystem fs() throws IOException {
    return new Path(directory).getFileSystem(conf.value().value());
  }

  private static VectormillException missing(Path folder, int worker) {
    return new VectormillException(
        Fault.RETRY,
        "the note of worker %d in %s is gone: another run of this command has gone on from it, so wait until that one ends; where none runs, remove the training's checkpoints beside it and run this again"
            .formatted(worker, folder));
  }

  private static VectormillException failed(Path path, String what, IOException e) {
    return new VectormillException(
        Fault.RETRY, "notes of workers in " + path + " " + what + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    conf.destroy();
  }
}
