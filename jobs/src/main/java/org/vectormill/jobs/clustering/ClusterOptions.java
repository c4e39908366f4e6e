package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/**
 * What to cluster, and how.
 *
 * @param input URI of a {@code vectors} table
 * @param output URI of a directory: tables {@code clusters}, {@code centroids} and {@code metrics},
 *     file {@code model.safetensors}
 * @param work what is done with the input
 * @param labels whether the clusters are compared with the items' labels
 * @param items URI of the items table with the labels; empty for the one that the vectors are of
 * @param matrices where products run
 * @param recorded the options by name, for the tables' manifests
 */
public record ClusterOptions(
    String input,
    String output,
    Work work,
    boolean labels,
    Optional<String> items,
    MatrixSpec matrices,
    Map<String, String> recorded) {

  /** What is done with the input. */
  public sealed interface Work permits Train, Assign {}

  /**
   * Finds clusters anew.
   *
   * @param method how; its number of clusters is the largest of {@code numbers} where there are any
   * @param numbers of clusters among which one is chosen, each at least 2; empty where the number
   *     is given
   * @param metric empty for the table's; deep methods compare codes, by Euclidean distance
   * @param again whether clusters that are in the output already are made anew
   * @param keepNumbers whether they get the numbers of those that are there
   */
  public record Train(
      ClusterMethod method,
      List<Integer> numbers,
      Optional<Metric> metric,
      boolean again,
      boolean keepNumbers)
      implements Work {
    public Train {
      numbers = List.copyOf(numbers);
      for (int k : numbers) {
        if (k < 2) {
          throw VectormillException.usage("--k-range must name numbers of at least 2, got " + k);
        }
      }
      if (keepNumbers && !again) {
        throw VectormillException.usage("--keep-numbers goes with --retrain; give both or neither");
      }
      if (method instanceof ClusterMethod.Deep && metric.equals(Optional.of(Metric.COSINE))) {
        throw VectormillException.usage(
            "--metric cosine goes with --algorithm kmeans; "
                + method.code()
                + " compares codes by Euclidean distance, so leave it out");
      }
    }
  }

  /**
   * Gives rows to clusters that were found before.
   *
   * @param model URI of a model file
   * @param probes groups of centroids that a row is compared with; 0 for all centroids
   */
  public record Assign(String model, int probes) implements Work {
    public Assign {
      if (probes != 0 && probes < 2) {
        throw VectormillException.usage("--probes must be at least 2, got " + probes);
      }
    }
  }

  public ClusterOptions {
    requireText("--input", input, "the URI of a vectors table");
    requireText("--output", output, "the URI of a directory for the clusters");
    if (input.equals(output)) {
      throw VectormillException.usage(
          "--output is the same as --input (" + input + "); name another directory");
    }
    if (items.isPresent() && !labels) {
      throw VectormillException.usage("--items goes with --report-labels; give both or neither");
    }
    recorded = Map.copyOf(recorded);
  }

  String clusters() {
    return output + "/clusters";
  }

  String centroids() {
    return output + "/centroids";
  }

  String metrics() {
    return output + "/metrics";
  }

  String model() {
    return output + "/model.safetensors";
  }

  /** The network of a deep method as it was when clustering began. */
  String pretrained() {
    return output + "/pretrained.safetensors";
  }

  private static void requireText(String option, String value, String meaning) {
    if (value == null || value.isBlank()) {
      throw VectormillException.usage(option + " is missing; name " + meaning);
    }
  }
}
