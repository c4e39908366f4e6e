package org.vectormill.udfs.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.image.PreprocessorFile;
import org.vectormill.udfs.image.PreprocessorSpec;

/** Finds how images are prepared: what was asked for, else the file in the model's folder. */
final class PreprocessorSource {
  private static final int MOST_BYTES = 1 << 20;

  /**
   * @throws VectormillException ({@code USAGE}) where neither is there, or the file says what is
   *     not understood
   */
  static PreprocessorSpec read(
      ModelUri uri, EncoderRequest request, LocalModel model, Configuration conf) {
    String asked = request.preprocessorUri();
    if (asked != null && PreprocessorFile.presets().contains(asked)) {
      return PreprocessorFile.preset(asked);
    }
    if (asked != null) {
      return PreprocessorFile.read(file(asked, conf));
    }
    if (!model.has(ModelLayout.PREPROCESSOR)) {
      throw VectormillException.usage(
          "encoder "
              + uri.shown()
              + " has no preprocessor_config.json: name a file with --preprocessor, or a preset: "
              + PreprocessorFile.presets());
    }
    try {
      return PreprocessorFile.read(
          Files.readString(model.folder().resolve(ModelLayout.PREPROCESSOR)));
    } catch (IOException e) {
      throw unreadable(model.folder() + "/" + ModelLayout.PREPROCESSOR, e);
    }
  }

  private static String file(String name, Configuration conf) {
    Path path = new Path(name);
    try (InputStream in = path.getFileSystem(conf).open(path)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(name, e);
    }
  }

  private static VectormillException unreadable(String name, Exception e) {
    return new VectormillException(
        Fault.USAGE, "--preprocessor " + name + " can't be read: " + e.getMessage(), e);
  }

  private PreprocessorSource() {}
}
