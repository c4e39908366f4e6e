package org.vectormill.jobs.ingest.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.vectormill.schemas.RejectReason;

/** Parses JSON objects out of bytes. */
final class JsonRecords {
  private final JsonMapper mapper;

  JsonRecords(int maxBytes) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(maxBytes).build())
            .build();
    mapper =
        JsonMapper.builder(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /** The object that {@code utf8} holds, and nothing beside it. */
  JsonNode object(byte[] utf8) throws RejectedException {
    JsonNode node = parse(Utf8.decode(utf8));
    if (node == null || !node.isObject()) {
      throw new RejectedException(RejectReason.MALFORMED_RECORD, "not a JSON object");
    }
    return node;
  }

  private JsonNode parse(String json) throws RejectedException {
    try {
      return mapper.readTree(json);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at column " + e.getLocation().getColumnNr();
      throw new RejectedException(
          RejectReason.MALFORMED_RECORD,
          "not JSON" + where + ": " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from a string", e);
    }
  }
}
