package org.vectormill.jobs.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;

/** A description for programs. */
final class DescriptionJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static String of(Description description) {
    try {
      return JSON.writeValueAsString(description);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description is plain data", e);
    }
  }

  static Map<String, Object> map(Description description) {
    return JSON.convertValue(description, new TypeReference<Map<String, Object>>() {});
  }

  private DescriptionJson() {}
}
