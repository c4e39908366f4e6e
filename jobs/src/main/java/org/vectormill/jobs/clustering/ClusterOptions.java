package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;

/**
 * What to cluster, and how.
 *
 * @param input URI of a {@code vectors} table, or of an {@code items} table
 * @param madeOf the vectors that are made of items first; empty where the input is vectors
 * @param output URI of a directory: tables {@code clusters}, {@code centroids} and {@code metrics},
 *     file {@code model.safetensors}
 * @param work what is done with the input
 * @param labels whether the clusters are compared with the items' labels
 * @param items URI of the items table with the labels; empty for the one that the vectors are of
 * @param described whether items say what each cluster is; empty for where their table is found
 * @param matrices where products run
 * @param recorded the options by name, for the tables' manifests
 */
public record ClusterOptions(
    String input,
    Optional<Features> madeOf,
    String output,
    Work work,
    boolean labels,
    Optional<String> items,
    Optional<Boolean> described,
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
      if (method.comparesCodes() && metric.equals(Optional.of(Metric.COSINE))) {
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
    requireText("--input", input, "the URI of a vectors or items table");
    requireText("--output", output, "the URI of a directory for the clusters");
    if (input.equals(output)) {
      throw VectormillException.usage(
          "--output is the same as --input (" + input + "); name another directory");
    }
    if (work instanceof Train train
        && train.method() instanceof ClusterMethod.Depict
        && madeOf.filter(Features.TfIdf.class::isInstance).isPresent()) {
      throw VectormillException.usage(
          "--features tfidf with --algorithm depict, which reads pixels; name pixels:WxH:grey or pixels:WxH:rgb, or another algorithm");
    }
    requireItemsWanted(work, labels, items, described);
    recorded = Map.copyOf(recorded);
  }

  private static void requireItemsWanted(
      Work work, boolean labels, Optional<String> items, Optional<Boolean> described) {
    if (work instanceof Assign && described.equals(Optional.of(true))) {
      throw VectormillException.usage(
          "--describe-clusters goes with finding clusters, not with --assign; leave it out");
    }
    boolean describes = !(work instanceof Assign) && described.orElse(true);
    boolean domains = work instanceof Train train && train.method() instanceof ClusterMethod.Shift;
    if (items.isPresent() && !labels && !describes && !domains) {
      throw VectormillException.usage(
          "--items goes with --report-labels, --domain or a description of clusters; leave it out");
    }
  }

  /** Vectors that are made of items. */
  String features() {
    return output + "/features";
  }

  /** Folder of the vocabulary that features are made with: that of the model's output. */
  String featuresModel() {
    String home =
        work instanceof Assign assign ? new Path(assign.model()).getParent().toString() : output;
    return home + "/features-model";
  }

  /** Directory of the pictures that say what clusters of images are. */
  String contactSheets() {
    return output + "/contact-sheets";
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
