package org.vectormill.jobs.describe;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Makes a column's value short enough for a line. */
final class PeekValue {
  private static final int MAX_TEXT = 60;
  private static final int COMPONENTS = 4;

  /** Null, numbers and flags as they are; the rest as a short string. */
  static Object of(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof byte[] bytes) {
      return String.format(Locale.ROOT, "%,d bytes", bytes.length);
    }
    if (value instanceof Seq<?> many) {
      return vector(CollectionConverters.asJava(many));
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      return cut(CollectionConverters.asJava(map).toString());
    }
    return cut(value.toString());
  }

  private static String vector(List<?> values) {
    String first =
        values.stream()
            .limit(COMPONENTS)
            .map(value -> String.format(Locale.ROOT, "%.4f", ((Number) value).doubleValue()))
            .collect(Collectors.joining(", "));
    return values.size() > COMPONENTS
        ? "[" + first + ", … " + values.size() + " in all]"
        : "[" + first + "]";
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= MAX_TEXT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_TEXT - 1)) + "…";
  }

  private PeekValue() {}
}
