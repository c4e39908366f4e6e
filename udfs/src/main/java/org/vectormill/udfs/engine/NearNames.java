package org.vectormill.udfs.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What someone may have meant by a name that is not there. */
final class NearNames {
  private static final int MOST = 5;

  /** {@code "; near names: [a, b]"}, nearest first; empty where none is near. */
  static String of(String name, Collection<String> names) {
    int limit = Math.max(2, name.length() / 2);
    List<String> near =
        names.stream()
            .filter(other -> Math.abs(other.length() - name.length()) <= limit)
            .filter(other -> distance(name, other) <= limit)
            .sorted(Comparator.comparingInt((String other) -> distance(name, other)))
            .limit(MOST)
            .toList();
    return near.isEmpty() ? "" : "; near names: " + near;
  }

  /** Levenshtein distance. */
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

  private NearNames() {}
}
