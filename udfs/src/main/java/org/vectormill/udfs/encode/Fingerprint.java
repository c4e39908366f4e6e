package org.vectormill.udfs.encode;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.vectormill.udfs.ContentHash;

/**
 * A hash of a record's components, nested records and lists included, by name and value: a new
 * component changes it without anybody having to remember.
 */
final class Fingerprint {
  private static final int DIGITS = 16;

  private final StringBuilder text = new StringBuilder();

  /**
   * First 16 lower-case hex digits of the SHA-256 of every component but those named.
   *
   * @param without names of components of {@code value} itself
   */
  static String of(Record value, Set<String> without) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.components("", value, without);
    byte[] bytes = fingerprint.text.toString().getBytes(StandardCharsets.UTF_8);
    return ContentHash.of(bytes).substring(0, DIGITS);
  }

  private void components(String path, Record value, Set<String> without) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      if (!without.contains(component.getName())) {
        add(path + component.getName(), read(value, component));
      }
    }
  }

  /** Lengths stand before values, so that no value can pretend to be the next component. */
  private void add(String path, Object value) {
    if (value instanceof Record nested) {
      components(path + ".", nested, Set.of());
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        add(path + "[" + i + "]", list.get(i));
      }
    } else {
      String shown = value == null ? "null" : value.getClass().getSimpleName() + ":" + value;
      text.append(path).append('=').append(shown.length()).append(':').append(shown).append('\n');
    }
  }

  private static Object read(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("can't read " + component + " of " + value.getClass(), e);
    }
  }
}
