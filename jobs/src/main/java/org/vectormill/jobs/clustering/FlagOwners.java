package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.vectormill.schemas.VectormillException;

/** Which flags of {@code cluster} go with which algorithm; a flag that isn't named suits all. */
final class FlagOwners {
  /** In place of an algorithm's code: {@code --assign}. */
  static final String ASSIGN = "--assign";

  private static final List<String> TRAINED =
      List.of("dec", "idec", "depict", "icon", "nat", "lls");
  private static final Map<String, List<String>> OWNERS = new LinkedHashMap<>();

  static {
    for (String flag :
        List.of("--algorithm", "--k", "--k-range", "--metric", "--retrain", "--keep-numbers")) {
      OWNERS.put(flag, ClusterMethod.CODES);
    }
    for (String flag :
        List.of(
            "--levels",
            "--level-method",
            "--join-within",
            "--balanced",
            "--init",
            "--max-iterations",
            "--batch-rows")) {
      OWNERS.put(flag, List.of("kmeans"));
    }
    OWNERS.put("--approximate", List.of("kmeans", ASSIGN));
    OWNERS.put("--probes", List.of("kmeans", ASSIGN));
    OWNERS.put("--start", List.of("kmeans", "dec", "idec"));
    OWNERS.put("--restarts", List.of("kmeans", "dec", "idec", "depict", "nat", "lls"));
    OWNERS.put("--tolerance", List.of("kmeans", "dec", "idec", "depict"));
    for (String flag : List.of("--layers", "--epochs", "--batch", "--learning-rate", "--workers")) {
      OWNERS.put(flag, TRAINED);
    }
    OWNERS.put("--layer-epochs", List.of("dec", "idec"));
    OWNERS.put("--averages", List.of("dec", "idec"));
    for (String flag : List.of("--dropout", "--schedule", "--clustering-rate", "--max-refreshes")) {
      OWNERS.put(flag, List.of("dec", "idec", "depict"));
    }
    OWNERS.put("--gamma", List.of("idec"));
    OWNERS.put("--interval", List.of("dec", "idec", "nat"));
    OWNERS.put("--filters", List.of("depict"));
    for (String flag : List.of("--heads", "--neighbours", "--walk")) {
      OWNERS.put(flag, List.of("icon", "depict"));
    }
    OWNERS.put("--debias", List.of("icon"));
    OWNERS.put("--domain", List.of("lls"));
    OWNERS.put("--pieces", List.of("lls"));
  }

  /**
   * Refuses flags that would be of no effect.
   *
   * @param code of the algorithm, or {@link #ASSIGN}
   * @param given flags of the command line and of a configuration file
   * @throws VectormillException ({@code USAGE}) naming the flags
   */
  static void require(String code, Set<String> given) {
    List<String> others = new ArrayList<>();
    OWNERS.forEach(
        (flag, owners) -> {
          if (given.contains(flag) && !owners.contains(code)) {
            others.add(flag);
          }
        });
    if (others.isEmpty()) {
      return;
    }
    if (code.equals(ASSIGN)) {
      throw VectormillException.usage(
          "--assign takes the clusters of a model as they are; leave out "
              + String.join(", ", others));
    }
    throw VectormillException.usage(
        others.stream()
            .map(flag -> flag + " goes with " + owners(flag))
            .collect(Collectors.joining("; ", "", ", not with " + code + "; leave it out")));
  }

  private static String owners(String flag) {
    return OWNERS.get(flag).stream()
        .filter(owner -> !owner.equals(ASSIGN))
        .collect(Collectors.joining(", ", "--algorithm ", ""));
  }

  private FlagOwners() {}
}
