package org.vectormill.udfs.pool;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.engine.OnnxFile;

/**
 * A model of a Hugging Face hub, {@code hf:owner/model[@revision]}: the files that are known by
 * name, and the first network that is there.
 *
 * @param base address of the hub, without a slash at its end
 */
record HubSource(ModelUri uri, String base, String model, String revision, Downloads downloads)
    implements ModelSource {
  static final String SETTING = "VECTORMILL_HUB";
  private static final String HUB = "https://huggingface.co";
  private static final Pattern NAME =
      Pattern.compile("hf:(?://)?([\\w.-]+/[\\w.-]+)(?:@([\\w./-]+))?");

  /** Networks that are looked for, in this order; the first one decides. */
  private static final List<String> NETWORKS =
      List.of("model.onnx", "onnx/model.onnx", "model.pt", "model.safetensors", "embeddings.npy");

  static HubSource of(ModelUri uri, Downloads downloads) {
    Matcher name = NAME.matcher(uri.location());
    if (!name.matches() || name.group(1).contains("..") || uri.location().contains("..")) {
      throw VectormillException.usage(
          "encoder " + uri.shown() + ": expected hf:owner/model or hf:owner/model@revision");
    }
    String set = System.getProperty(SETTING, System.getenv(SETTING));
    String base = (set == null ? HUB : set).replaceFirst("/+$", "");
    String revision = name.group(2) == null ? "main" : name.group(2);
    return new HubSource(uri, base, name.group(1), revision, downloads);
  }

  @Override
  public String version() throws IOException {
    StringBuilder version = new StringBuilder();
    for (String name : new TreeSet<>(names())) {
      String tag;
      try {
        tag = downloads.announced(url(name)).version();
      } catch (FileNotFoundException e) {
        tag = "-";
      }
      if (tag == null) {
        return null;
      }
      version.append(tag).append(' ').append(name).append('\n');
    }
    return version.toString();
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(ModelLayout.KNOWN);
    names.addAll(NETWORKS);
    return names;
  }

  @Override
  public void fetch(Path folder) throws IOException {
    FetchLimit limit = new FetchLimit(uri.shown());
    for (String name : new TreeSet<>(ModelLayout.KNOWN)) {
      file(name, folder, limit);
    }
    for (String name : NETWORKS) {
      if (file(name, folder, limit)) {
        tensorData(folder.resolve(name), folder, limit);
        return;
      }
    }
    throw new FileNotFoundException(
        base + "/" + model + " at " + revision + " has none of " + NETWORKS);
  }

  /** An ONNX network may keep its tensors in files beside it, which it names. */
  private void tensorData(Path network, Path folder, FetchLimit limit) throws IOException {
    if (!ModelLayout.isOnnx(network.toString())) {
      return;
    }
    for (String location : OnnxFile.locations(network)) {
      Path data = network.getParent().resolve(location).normalize();
      if (!data.startsWith(folder)) {
        throw new IOException("its network keeps tensors outside of its folder: " + location);
      }
      file(folder.relativize(data).toString().replace('\\', '/'), folder, limit);
    }
  }

  /** Whether the file is there. */
  private boolean file(String name, Path folder, FetchLimit limit) throws IOException {
    Path target = folder.resolve(name);
    Announced announced;
    try {
      announced = downloads.announced(url(name));
    } catch (FileNotFoundException e) {
      return false;
    }
    Files.createDirectories(target.getParent());
    downloads.file(url(name), target, limit);
    announced.check(url(name), target);
    return true;
  }

  private URI url(String name) {
    return URI.create(base + "/" + model + "/resolve/" + revision + "/" + name);
  }
}
