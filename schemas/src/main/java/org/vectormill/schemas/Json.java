package org.vectormill.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON of manifests, commits and checkpoints: no polymorphic typing, fields of a newer minor
 * ignored.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(new SimpleModule().addSerializer(new IdSetHashSerializer()))
          .addModule(
              new SimpleModule("ids").addDeserializer(IdSetHash.class, new IdSetHashDeserializer()))
          .build();

  /** Pretty, with fields in the record's order. */
  public static String write(Object value) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("can't write " + value.getClass().getName(), e);
    }
  }

  /**
   * The record that {@code json} holds.
   *
   * @param name what is read, for the message
   */
  public static <T> T read(String json, Class<T> type, String name) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw VectormillException.input(name + " is not what Vectormill writes: it is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new VectormillException(
          Fault.INPUT, name + " is not what Vectormill writes: " + e.getOriginalMessage(), e);
    }
  }

  private static final class IdSetHashSerializer
      extends com.fasterxml.jackson.databind.ser.std.StdSerializer<IdSetHash> {
    private static final long serialVersionUID = 1L;

    IdSetHashSerializer() {
      super(IdSetHash.class);
    }

    @Override
    public void serialize(
        IdSetHash ids,
        com.fasterxml.jackson.core.JsonGenerator json,
        com.fasterxml.jackson.databind.SerializerProvider provider)
        throws java.io.IOException {
      json.writeStartObject();
      json.writeNumberField("count", ids.count());
      json.writeStringField("hash", ids.hex());
      json.writeEndObject();
    }
  }

  private static final class IdSetHashDeserializer
      extends com.fasterxml.jackson.databind.deser.std.StdDeserializer<IdSetHash> {
    private static final long serialVersionUID = 1L;

    IdSetHashDeserializer() {
      super(IdSetHash.class);
    }

    @Override
    public IdSetHash deserialize(
        com.fasterxml.jackson.core.JsonParser json,
        com.fasterxml.jackson.databind.DeserializationContext context)
        throws java.io.IOException {
      JsonNode node = json.readValueAsTree();
      if (!(node instanceof ObjectNode) || !node.hasNonNull("hash")) {
        throw com.fasterxml.jackson.databind.JsonMappingException.from(
            json, "ids must be an object with count and hash");
      }
      return IdSetHash.ofHex(node.path("count").asLong(), node.get("hash").asText());
    }
  }

  private Json() {}
}
