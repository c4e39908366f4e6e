package org.vectormill.udfs.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.vectormill.schemas.VectormillException;

/** Fields of one JSON object, each read at most once; what nobody read is an error. */
final class JsonFields {
  private final JsonNode object;
  private final Set<String> read = new HashSet<>();

  JsonFields(JsonNode object) {
    this.object = object;
  }

  /** Whether the field is there and not null; does not count as reading it. */
  boolean has(String key) {
    return object.hasNonNull(key);
  }

  /** The field's value; null where it is missing or null. */
  JsonNode node(String key) {
    read.add(key);
    return object.hasNonNull(key) ? object.get(key) : null;
  }

  /** Fields that change nothing here. */
  void ignore(String... keys) {
    read.addAll(Arrays.asList(keys));
  }

  int whole(String key, int other) {
    JsonNode value = node(key);
    require(
        value == null || value.canConvertToInt() && value.isIntegralNumber(),
        key,
        value,
        "a whole number");
    return value == null ? other : value.intValue();
  }

  double number(String key, double other) {
    JsonNode value = node(key);
    require(value == null || value.isNumber(), key, value, "a number");
    return value == null ? other : value.doubleValue();
  }

  boolean flag(String key, boolean other) {
    JsonNode value = node(key);
    require(value == null || value.isBoolean(), key, value, "true or false");
    return value == null ? other : value.booleanValue();
  }

  String text(String key, String other) {
    JsonNode value = node(key);
    require(value == null || value.isTextual(), key, value, "a string");
    return value == null ? other : value.textValue();
  }

  /** A list of three numbers. */
  List<Double> three(String key, List<Double> other) {
    JsonNode value = node(key);
    if (value == null) {
      return other;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode item : value) {
      require(item.isNumber(), key, value, "three numbers");
      numbers.add(item.doubleValue());
    }
    require(numbers.size() == 3, key, value, "three numbers");
    return List.copyOf(numbers);
  }

  /** A constant of an enum, by its lower-case name. */
  <E extends Enum<E>> E name(String key, Class<E> type, E other) {
    String text = text(key, null);
    if (text == null) {
      return other;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return constant;
      }
      names.add(name);
    }
    throw VectormillException.usage(
        "preprocessor file, " + key + ": expected one of " + names + ", got " + text);
  }

  /** Refuses a field with a value that was not asked for: a typing error, or an unknown step. */
  void requireAllRead() {
    Iterator<String> names = object.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!read.contains(name) && has(name)) {
        throw VectormillException.usage(
            "preprocessor file: key "
                + name
                + " is not known here; remove it if it changes nothing");
      }
    }
  }

  static void require(boolean holds, String key, JsonNode value, String rule) {
    if (!holds) {
      throw VectormillException.usage(
          "preprocessor file, " + key + ": expected " + rule + ", got " + value);
    }
  }
}
