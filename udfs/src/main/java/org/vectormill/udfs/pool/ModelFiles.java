package org.vectormill.udfs.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.engine.OnnxFile;

/** Looks into a folder or at a file on this machine: what is the model, and which files matter. */
final class ModelFiles {
  private static final int DEPTH = 2;
  private static final int MOST = 10_000;

  /** A model's place before its digest is known. */
  record Found(Path folder, ModelLayout layout, Set<String> files) {}

  /**
   * @param shown the model's URI, for messages
   * @param path a folder, or the network's file itself
   * @param asked engine that was asked for; null for none
   * @throws VectormillException ({@code ENCODER}) for a path that is not there, ({@code USAGE}) for
   *     a folder that does not say what it is
   */
  static Found look(String shown, Path path, EngineKind asked) {
    if (Files.isRegularFile(path)) {
      return file(shown, path.toAbsolutePath().normalize(), asked);
    }
    if (!Files.isDirectory(path)) {
      throw VectormillException.encoder(
          "encoder " + shown + ": there is no file or folder " + path + " on this machine");
    }
    ModelLayout layout = ModelLayout.of(shown, names(path), asked);
    return new Found(path, layout, matter(path, layout));
  }

  private static Found file(String shown, Path file, EngineKind asked) {
    EngineKind engine = engine(shown, file.getFileName().toString());
    if (asked != null && asked != engine) {
      throw VectormillException.usage(
          "encoder "
              + shown
              + " is a file for "
              + engine
              + ", which contradicts --engine "
              + asked);
    }
    Path parent = file.getParent();
    boolean inside = parent.getFileName() != null && parent.getFileName().toString().equals("onnx");
    Path folder = inside ? parent.getParent() : parent;
    String network = folder.relativize(file).toString().replace('\\', '/');
    Set<String> names = new TreeSet<>(ModelLayout.KNOWN);
    names.removeIf(name -> !Files.isRegularFile(folder.resolve(name)));
    ModelLayout layout = ModelLayout.ofFile(engine, network, names);
    return new Found(folder, layout, matter(folder, layout));
  }

  private static EngineKind engine(String shown, String name) {
    if (ModelLayout.isOnnx(name)) {
      return EngineKind.ONNX;
    }
    if (ModelLayout.isTorchScript(name)) {
      return EngineKind.TORCHSCRIPT;
    }
    throw VectormillException.usage(
        "encoder "
            + shown
            + ": a single file must end in .onnx, .pt or .torchscript; name the folder instead");
  }

  static Set<String> names(Path folder) {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(folder, DEPTH)) {
      walk.filter(Files::isRegularFile)
          .limit(MOST)
          .forEach(file -> names.add(folder.relativize(file).toString().replace('\\', '/')));
    } catch (IOException e) {
      throw new VectormillException(
          Fault.ENCODER, "folder " + folder + " can't be listed: " + e.getMessage(), e);
    }
    return names;
  }

  /** The network, its tensor data, and the companions: what decides a vector. */
  private static Set<String> matter(Path folder, ModelLayout layout) {
    Set<String> files = new TreeSet<>(layout.companions());
    if (layout.network() != null) {
      files.add(layout.network());
    }
    if (layout.engine() == EngineKind.ONNX) {
      Path network = folder.resolve(layout.network());
      for (String location : OnnxFile.read(network).externalFiles()) {
        Path data = network.getParent().resolve(location).normalize();
        files.add(folder.relativize(data).toString().replace('\\', '/'));
      }
    }
    return files;
  }

  private ModelFiles() {}
}
