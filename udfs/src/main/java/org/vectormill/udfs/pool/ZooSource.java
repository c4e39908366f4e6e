package org.vectormill.udfs.pool;

import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Repository;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.vectormill.schemas.VectormillException;

/**
 * A model of DJL's model zoo, {@code djl://group/artifact[/version]}. DJL downloads and checks it
 * in a cache of its own, from which it is copied.
 *
 * @param shown the model's URI, for messages
 */
record ZooSource(String shown, Supplier<Repository> zoo) implements ModelSource {
  private static final String OFFLINE = "ai.djl.offline";

  static ZooSource of(ModelUri uri) {
    return new ZooSource(uri.shown(), () -> open(uri));
  }

  private static Repository open(ModelUri uri) {
    try {
      return Repository.newInstance("djl", uri.location());
    } catch (IllegalArgumentException e) {
      throw VectormillException.usage(
          "encoder " + uri.shown() + ": DJL's model zoo says: " + e.getMessage());
    }
  }

  /** Only the zoo's index could tell, and DJL keeps what it said for a day anyway. */
  @Override
  public String version() {
    return null;
  }

  @Override
  public void fetch(Path folder) throws IOException {
    synchronized (ZooSource.class) {
      String before = System.getProperty(OFFLINE);
      // DJL never goes out by itself; a user who names its zoo asks for just that.
      System.setProperty(OFFLINE, "false");
      try {
        download(folder);
      } finally {
        if (before == null) {
          System.clearProperty(OFFLINE);
        } else {
          System.setProperty(OFFLINE, before);
        }
      }
    }
  }

  private void download(Path folder) throws IOException {
    Repository repository = zoo.get();
    for (MRL resource : repository.getResources()) {
      Artifact artifact = resource.getDefaultArtifact();
      if (artifact != null) {
        resource.prepare(artifact);
        copy(repository.getResourceDirectory(artifact), folder);
        return;
      }
    }
    throw new FileNotFoundException("DJL's model zoo has no such model");
  }

  private void copy(Path from, Path folder) throws IOException {
    FetchLimit limit = new FetchLimit(shown);
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path target = folder.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      try (var in = Files.newInputStream(file)) {
        limit.copy(in, target, Files.size(file));
      }
    }
  }
}
