package org.vectormill.jobs.clustering;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.vectormill.jobs.runner.AtomicFile;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** Reads and writes a model, which appears whole or not at all. */
final class ModelFile {
  static void write(ClusterModel model, String uri, Configuration conf) {
    try {
      AtomicFile.write(uri, model.write(), conf);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "model " + uri + " can't be written: " + e.getMessage(), e);
    }
  }

  /**
   * @throws VectormillException ({@code INPUT}) where there is none or something else
   */
  static ClusterModel read(String uri, Configuration conf) {
    Path path = new Path(uri);
    try (var in = path.getFileSystem(conf).open(path)) {
      return ClusterModel.read(in.readAllBytes(), uri);
    } catch (FileNotFoundException e) {
      throw new VectormillException(
          Fault.INPUT,
          "--assign " + uri + ": no file there; name the model.safetensors that cluster saved",
          e);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "--assign " + uri + " can't be read: " + e.getMessage(), e);
    }
  }

  private ModelFile() {}
}
