package org.vectormill.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a run wrote to {@code --result}. */
public record ResultFile(Path file) {
  public JsonNode json() throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  public void assertCounts(long read, long written, long rejected, long done) throws IOException {
    JsonNode result = json();
    assertEquals(
        List.of(read, written, rejected, done),
        List.of(
            result.get("read").asLong(),
            result.get("written").asLong(),
            result.get("rejected").asLong(),
            result.get("already_done").asLong()));
  }
}
