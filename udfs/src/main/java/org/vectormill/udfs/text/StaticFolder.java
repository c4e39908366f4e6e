package org.vectormill.udfs.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/** What the config.json of a static model's folder says, as model2vec writes it. */
final class StaticFolder {
  private static final int DEFAULT_MAX_LENGTH = 512;

  private final Path folder;
  private final JsonNode config;

  StaticFolder(Path folder) {
    this.folder = folder;
    this.config = ModelJson.optional(folder, "config.json");
  }

  int defaultMaxLength() {
    return Math.max(1, config.path("max_length").asInt(DEFAULT_MAX_LENGTH));
  }

  /** What {@code normalize} says; where it is missing, whether modules.json has a Normalize. */
  boolean normalises() {
    JsonNode normalize = config.path("normalize");
    return normalize.isBoolean()
        ? normalize.booleanValue()
        : new TransformerFolder(folder).hasModule("Normalize");
  }
}
