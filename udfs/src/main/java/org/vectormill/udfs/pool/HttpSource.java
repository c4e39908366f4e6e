package org.vectormill.udfs.pool;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.vectormill.schemas.VectormillException;

/** A single file or an archive over HTTP. A web server's folder can't be listed. */
record HttpSource(ModelUri uri, Downloads downloads) implements ModelSource {
  @Override
  public String version() throws IOException {
    name();
    return downloads.announced(url()).version();
  }

  @Override
  public void fetch(Path folder) throws IOException {
    String name = name();
    FetchLimit limit = new FetchLimit(uri.shown());
    Path target = folder.resolve(name);
    downloads.file(url(), target, limit);
    if (Archives.isArchive(name)) {
      Archives.unpack(target, folder, limit);
    }
  }

  private URI url() {
    try {
      return URI.create(uri.location().replace(" ", "%20"));
    } catch (IllegalArgumentException e) {
      throw VectormillException.usage("encoder " + uri.shown() + " is not a valid URL");
    }
  }

  /** The file's name, which has to say what it is before anything is asked of the server. */
  private String name() {
    String path = url().getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean network = ModelLayout.isOnnx(name) || ModelLayout.isTorchScript(name);
    if (!network && !Archives.isArchive(name)) {
      throw VectormillException.usage(
          "encoder "
              + uri.shown()
              + ": a web server's folder can't be listed; name an .onnx, .pt, .torchscript, .zip,"
              + " .tar or .tar.gz file, or use hf:owner/model");
    }
    return name;
  }
}
