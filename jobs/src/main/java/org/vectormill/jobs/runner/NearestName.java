package org.vectormill.jobs.runner;

import java.util.Collection;
import java.util.Comparator;

/** Finds what someone meant by a misspelt name. */
final class NearestName {
  /** {@code "; did you mean X?"} with the nearest of {@code names}, empty where none is near. */
  static String suggestion(String name, Collection<String> names) {
    int limit = Math.max(2, name.length() / 3);
    return names.stream()
        .filter(candidate -> distance(name, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }

  /** Levenshtein distance: insertions, deletions and substitutions that turn one into the other. */
  static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[right.length()];
  }

  private NearestName() {}
}
