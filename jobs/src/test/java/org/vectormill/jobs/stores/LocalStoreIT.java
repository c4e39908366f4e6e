package org.vectormill.jobs.stores;

import java.nio.file.Path;
import java.util.Map;

class LocalStoreIT extends StoreContract {
  @Override
  TestStore start(Path directory) {
    return new Local(directory);
  }

  @Override
  boolean showsFilesEarly() {
    return false;
  }

  private record Local(Path directory) implements TestStore {
    @Override
    public String uri(String name) {
      return directory.resolve(name).toUri().toString();
    }

    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public void close() {}
  }
}
