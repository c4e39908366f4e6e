package org.vectormill.jobs.ingest.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a record are what; null where there is no such column.
 *
 * @param attributes columns that become attributes
 * @param allAttributes whether every column without another use becomes an attribute
 */
public record Columns(
    String id,
    String text,
    String image,
    String label,
    String split,
    List<String> attributes,
    boolean allAttributes)
    implements Serializable {
  private static final String DEFAULT_TEXT = "text";
  private static final String DEFAULT_IMAGE = "image";

  public Columns {
    attributes = List.copyOf(attributes);
  }

  /** These columns with {@code text} or {@code image} filled in, where the record has one. */
  Columns withDefaults(Set<String> existing) {
    if (text != null || image != null) {
      return this;
    }
    if (existing.contains(DEFAULT_TEXT)) {
      return new Columns(id, DEFAULT_TEXT, null, label, split, attributes, allAttributes);
    }
    return existing.contains(DEFAULT_IMAGE)
        ? new Columns(id, null, DEFAULT_IMAGE, label, split, attributes, allAttributes)
        : this;
  }

  boolean isText() {
    return text != null;
  }

  /** A column that an option names. */
  record Named(String option, String column) {}

  /** Columns that are named, each with its option. */
  List<Named> named() {
    List<Named> all = new ArrayList<>();
    add(all, "--id-column", id);
    add(all, "--text-column", text);
    add(all, "--image-column", image);
    add(all, "--label-column", label);
    add(all, "--split-column", split);
    attributes.forEach(name -> add(all, "--attribute-columns", name));
    return all;
  }

  /** Names of columns with a use of their own, which are no further attributes. */
  Set<String> used() {
    Set<String> used = new HashSet<>();
    named().forEach(named -> used.add(named.column()));
    return used;
  }

  private static void add(List<Named> all, String option, String column) {
    if (column != null) {
      all.add(new Named(option, column));
    }
  }
}
