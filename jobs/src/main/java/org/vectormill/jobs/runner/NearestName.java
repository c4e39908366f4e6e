package org.vectormill.jobs.runner;

import java.util.Collection;
import java.util.Comparator;
import org.apache.commons.text.similarity.LevenshteinDistance;

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

  private static int distance(String left, String right) {
    return LevenshteinDistance.getDefaultInstance().apply(left, right);
  }

  private NearestName() {}
}
