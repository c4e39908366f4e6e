package org.vectormill.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What a run is about to publish, written down before the first file is moved, so that whoever
 * comes next can finish it or take it back.
 *
 * @param commit the commit file's content
 * @param moves from the staged file's full URI to its path relative to the table
 */
record PublishIntent(
    @JsonProperty("commit") WaveCommit commit, @JsonProperty("moves") Map<String, String> moves) {
  static final String FILE_NAME = "publish.json";
}
