package org.vectormill.jobs.clustering;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import picocli.CommandLine.Command;

/** {@code vectormill cluster}. */
@Command(
    name = "cluster",
    header = "Groups vectors, and gives new ones to the groups.",
    description =
        "%nReads a table of vectors, or makes one of items (--features), finds clusters with k-means, or"
            + " with a network that learns codes (dec, idec, depict, nat), a head that is trained on them"
            + " (icon), or by what tells domains apart (lls), and writes below --output the tables clusters"
            + " (one row an item), centroids (one row a cluster) and metrics (what each cluster is), and"
            + " model.safetensors, which --assign applies to new waves. A killed run goes on from its last"
            + " iteration or epoch.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill cluster --input out/vectors --k 100 --output out/topics",
      "  vectormill cluster --input out/vectors --k 10 --restarts 5 --report-labels --output out/ten",
      "  vectormill cluster --input out/vectors --k 2000 --batch-rows 100000 --max-iterations 200 \\",
      "      --output out/many",
      "  vectormill cluster --input out/vectors --k auto --k-range 5,10,20,50 --output out/found",
      "  vectormill cluster --algorithm idec --input out/vectors --k 10 --output out/deep",
      "  vectormill cluster --algorithm depict --input out/pictures --features pixels:28x28:grey \\",
      "      --k 10 --output out/digits",
      "  vectormill cluster --algorithm icon --input out/vectors --k 20 --output out/kinds",
      "  vectormill cluster --algorithm lls --domain site --input out/vectors --k 5 \\",
      "      --output out/classes",
      "  vectormill cluster --algorithm dec --input out/items --features tfidf --k 10 \\",
      "      --output out/terms",
      "  vectormill cluster --input out/vectors --levels 2000,200,20 --output out/tree",
      "  vectormill cluster --input out/vectors --assign out/topics/model.safetensors \\",
      "      --output out/topics",
      "  duckdb -c \"SELECT cluster, count(*) FROM read_parquet('out/topics/clusters/wave=*/*.parquet')"
          + " GROUP BY 1\""
    })
public final class ClusterMain extends DeepFlags {
  @Override
  public Integer call() {
    return run(this::options, new ClusterJob());
  }

  private ClusterOptions options() {
    return new ClusterOptions(
        input,
        Optional.ofNullable(features).map(Features::of),
        output,
        assign == null ? train() : assignment(),
        reportLabels,
        Optional.ofNullable(items),
        Optional.ofNullable(described),
        new MatrixSpec(device, threads == null ? taskCores() : threads),
        jobOptions());
  }

  private ClusterOptions.Train train() {
    if ((k == null) == (levels == null)) {
      throw VectormillException.usage(
          "give one of --k and --levels: how many clusters there shall be");
    }
    boolean choose = "auto".equals(k);
    requireWanted("--k-range", choose, "--k auto");
    requireWanted("--level-method", levels != null && levels.size() > 1, "--levels N,N");
    if (choose && algorithm.equals(ClusterMethod.Shift.CODE)) {
      throw VectormillException.usage(
          "--k auto judges how near rows are, which --algorithm lls doesn't ask; give a number");
    }
    if (choose && start != null && algorithm.equals(ClusterMethod.KMeans.CODE)) {
      throw VectormillException.usage(
          "--start " + start + " with --k auto: a start has its number of clusters; give that");
    }
    int lowest = choose ? Collections.max(kRange) : k == null ? levels.get(0) : number();
    return new ClusterOptions.Train(
        method(lowest),
        choose ? kRange.stream().sorted().distinct().toList() : List.of(),
        chosenMetric(),
        retrain,
        keepNumbers);
  }

  private ClusterMethod method(int lowest) {
    if (!ClusterMethod.CODES.contains(algorithm)) {
      throw VectormillException.usage(
          "--algorithm must be one of " + ClusterMethod.CODES + ", got " + algorithm);
    }
    FlagOwners.require(algorithm, given());
    if (algorithm.equals(ClusterMethod.KMeans.CODE)) {
      return kMeans(lowest);
    }
    MatrixSpec matrices = new MatrixSpec(device, threads == null ? executorCores() : threads);
    DeepMethods trained = new DeepMethods(this, lowest, matrices, seed());
    return switch (algorithm) {
      case ClusterMethod.Heads.CODE -> trained.heads();
      case ClusterMethod.Noise.CODE -> trained.noise();
      case ClusterMethod.Shift.CODE -> trained.shift();
      case ClusterMethod.Depict.CODE -> trained.depict();
      default -> trained.deep(algorithm);
    };
  }

  private int number() {
    try {
      return Integer.parseInt(k);
    } catch (NumberFormatException e) {
      throw VectormillException.usage("--k must be a whole number or auto, got " + k);
    }
  }

  private ClusterOptions.Assign assignment() {
    FlagOwners.require(FlagOwners.ASSIGN, given());
    return new ClusterOptions.Assign(assign, probes());
  }

  private Optional<Metric> chosenMetric() {
    return switch (metric.toLowerCase(Locale.ROOT)) {
      case "auto" -> Optional.empty();
      case "cosine" -> Optional.of(Metric.COSINE);
      case "l2" -> Optional.of(Metric.L2);
      default ->
          throw VectormillException.usage("--metric must be auto, cosine or l2, got " + metric);
    };
  }
}
