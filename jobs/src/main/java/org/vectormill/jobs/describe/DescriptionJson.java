package org.vectormill.jobs.describe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;

/** Descriptions for programs. */
final class DescriptionJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** An array with one object for each table. */
  static String of(List<Description> tables) {
    try {
      return JSON.writeValueAsString(tables);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a description is plain data", e);
    }
  }

  static List<Map<String, Object>> maps(List<Description> tables) {
    return JSON.convertValue(tables, new TypeReference<List<Map<String, Object>>>() {});
  }

  private DescriptionJson() {}
}
