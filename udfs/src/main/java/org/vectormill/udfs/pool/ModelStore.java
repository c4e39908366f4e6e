package org.vectormill.udfs.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.ContentHash;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.pool.ModelFiles.Found;

/**
 * Brings models to this machine: those on its own disk are used in place, others are fetched once
 * into the cache, by digest.
 */
record ModelStore(CacheFolder cache, Configuration conf) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);

  static ModelStore ofHost(Configuration conf) {
    return new ModelStore(CacheFolder.ofHost(), conf);
  }

  /**
   * The model that a URI names.
   *
   * @param engine that was asked for; null for none
   * @param pinned digest that the model must have; null for whatever it has
   * @throws VectormillException ({@code ENCODER}) for a model that can't be read or has another
   *     digest, naming both
   */
  LocalModel find(ModelUri uri, EngineKind engine, String pinned) {
    try {
      LocalModel model = uri.isRemote() ? remote(uri, engine, pinned) : inPlace(uri, engine);
      if (pinned != null && !pinned.equals(model.digest())) {
        throw VectormillException.encoder(
            "encoder "
                + uri.shown()
                + " has digest "
                + model.digest()
                + " on this machine, expected "
                + pinned
                + "; put the same files everywhere, or pin the digest that is meant");
      }
      return model;
    } catch (IOException e) {
      throw new VectormillException(
          Fault.ENCODER, "encoder " + uri.shown() + " can't be read: " + message(e), e);
    }
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private LocalModel inPlace(ModelUri uri, EngineKind engine) throws IOException {
    return model(ModelFiles.look(uri.shown(), Path.of(uri.path()), engine));
  }

  private LocalModel model(Found found) throws IOException {
    String digest = new DigestNotes(cache).digest(found.folder(), found.files());
    return new LocalModel(found.folder(), found.layout(), digest);
  }

  private LocalModel remote(ModelUri uri, EngineKind engine, String pinned) throws IOException {
    if (pinned != null && Files.isDirectory(cache.model(pinned))) {
      return model(ModelFiles.look(uri.shown(), cache.model(pinned), engine));
    }
    ModelSource source = ModelSources.of(uri, conf);
    String version = source.version();
    String note = "uri-" + ContentHash.of(uri.location() + "\n" + engine);
    String known = version == null ? null : known(note, version);
    if (known != null && Files.isDirectory(cache.model(known))) {
      return model(ModelFiles.look(uri.shown(), cache.model(known), engine));
    }
    LocalModel fetched = fetch(uri, engine, source);
    if (version != null && version.equals(source.version())) {
      cache.writeNote(note, fetched.digest() + "\n" + version);
    }
    return fetched;
  }

  private String known(String note, String version) throws IOException {
    Path file = cache.note(note);
    if (!Files.isRegularFile(file)) {
      return null;
    }
    String[] lines = Files.readString(file).split("\n", 2);
    return lines.length == 2 && lines[1].equals(version) ? lines[0] : null;
  }

  private LocalModel fetch(ModelUri uri, EngineKind engine, ModelSource source) throws IOException {
    Path staging = cache.staging();
    try {
      LOG.info("fetching encoder {}", uri.shown());
      source.fetch(staging);
      Path folder = onlyFolder(staging);
      Found found = ModelFiles.look(uri.shown(), folder, engine);
      prune(folder, found.files());
      String digest = ModelDigest.of(folder, found.files());
      Path published = cache.publish(folder, digest);
      LOG.info("encoder {} is in the cache as {}", uri.shown(), digest);
      return new LocalModel(published, found.layout(), digest);
    } finally {
      CacheFolder.delete(staging);
    }
  }

  /** Archives often hold one folder, which is the model's. */
  private static Path onlyFolder(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      var list = entries.limit(2).toList();
      boolean one = list.size() == 1 && Files.isDirectory(list.get(0));
      return one && !list.get(0).getFileName().toString().equals("onnx")
          ? onlyFolder(list.get(0))
          : folder;
    }
  }

  private static void prune(Path folder, Set<String> files) throws IOException {
    try (var walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!files.contains(folder.relativize(file).toString().replace('\\', '/'))) {
          Files.delete(file);
        }
      }
    }
  }
}
