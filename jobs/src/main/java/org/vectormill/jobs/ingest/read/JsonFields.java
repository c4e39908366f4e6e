package org.vectormill.jobs.ingest.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.vectormill.schemas.RejectReason;

/** The fields of one JSON object. */
record JsonFields(JsonNode object) implements Fields {
  /** The node under a name; a dot leads into objects where no field has it in its own name. */
  static JsonNode find(JsonNode object, String column) {
    JsonNode own = object.get(column);
    if (own != null) {
      return own;
    }
    for (int dot = column.indexOf('.'); dot >= 0; dot = column.indexOf('.', dot + 1)) {
      JsonNode outer = object.get(column.substring(0, dot));
      JsonNode inner = outer == null ? null : find(outer, column.substring(dot + 1));
      if (inner != null) {
        return inner;
      }
    }
    return null;
  }

  @Override
  public String text(String column) throws RejectedException {
    return plain(find(object, column));
  }

  @Override
  public ImageCell image(String column) throws RejectedException {
    JsonNode node = find(object, column);
    if (node == null || node.isNull()) {
      return null;
    }
    JsonNode path = node.isObject() ? node.get("path") : node;
    if (path == null || !path.isTextual()) {
      throw new RejectedException(
          RejectReason.MISSING_VALUE,
          "column " + column + " holds no path, URI or data URI of an image");
    }
    return new ImageCell(null, path.textValue());
  }

  @Override
  public Map<String, String> others(Set<String> without) throws RejectedException {
    Map<String, String> others = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String value = without.contains(field.getKey()) ? null : plain(field.getValue());
      if (value != null) {
        others.put(Utf8.requireEncodable(field.getKey()), value);
      }
    }
    return others;
  }

  /** Text as it is, other values as JSON writes them. */
  private static String plain(JsonNode node) throws RejectedException {
    if (node == null || node.isNull()) {
      return null;
    }
    return Utf8.requireEncodable(node.isTextual() ? node.textValue() : node.toString());
  }
}
