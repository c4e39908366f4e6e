package org.vectormill.udfs.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.text.similarity.LevenshteinDistance;

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

  private static int distance(String left, String right) {
    return LevenshteinDistance.getDefaultInstance().apply(left, right);
  }

  private NearNames() {}
}
