package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.Identity;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PendingPlan;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.TakenInput;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.agreement.Agreement;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SearchedCentroids;

/** Finds clusters of a table's current rows, and publishes centroids, model and clusters. */
final class TrainRun {
  /** Rows of a unit: eight blocks, some seconds with thousands of clusters. */
  static final int UNIT_ROWS = 8192;

  private final SparkSession spark;
  private final Configuration conf;
  private final ClusterOptions options;
  private final ClusterOptions.Train work;
  private final RunContext context;
  private final VectorInput input;
  private final Metric metric;
  private final ClusterTables tables;

  TrainRun(
      SparkSession spark,
      ClusterOptions options,
      ClusterOptions.Train work,
      RunContext context,
      VectorInput input) {
    this.spark = spark;
    this.conf = spark.sessionState().newHadoopConf();
    this.options = options;
    this.work = work;
    this.context = context;
    this.input = input;
    this.metric =
        work.method() instanceof ClusterMethod.Deep
            ? Metric.L2
            : work.metric().orElseGet(input::metric);
    this.tables = new ClusterTables(conf, options, input);
  }

  ClusterResult run() {
    Optional<Table> items =
        options.labels() ? Optional.of(LabelReport.items(conf, options, input)) : Optional.empty();
    Optional<Table> contents = DescribedClusters.items(conf, options, input);
    InputWaves waves = InputWaves.of(input.table(), null);
    Optional<ClusterModel> earlier = earlier();
    Optional<String> keptFrom = keptFrom(waves, earlier);
    String plan = plan(waves, keptFrom);
    Optional<Table> existing = tables.findClusters();
    if (ClusterTables.plan(existing).equals(Optional.of(plan))) {
      return nothingToDo(waves);
    }
    requireFree(existing);
    Pending pending = new PendingPlan(spark, waves, UNIT_ROWS).pending(null);
    if (context.dryRun()) {
      return planned(waves);
    }
    Optional<Centroids> start = start();
    int most = work.method().k();
    try (BlockSet set = BlockSet.read(spark, pending, metric, input.dimension(), most)) {
      Optional<ChosenNumber> chosen = chosen(set);
      int k = chosen.map(ChosenNumber::k).orElse(most);
      requireDistinct(set, k);
      work.method().requireRows(set.rows());
      Table table = tables.clusters(metric).requireUnchangedSince(existing);
      Staging staging = table.stage(plan, context.runId());
      if (staging.finishInterrupted().isPresent()) {
        return run();
      }
      FoundClusters found = find(set, k, start, new TrainingFiles(conf, staging.places()));
      if (earlier.isPresent()) {
        found = new KeptNumbers(earlier.get(), options.matrices()).in(set, found);
      }
      Table centroids = tables.centroids(metric, found.centroids().dimension());
      Assignment assignment =
          Assignment.run(
              spark,
              context,
              table,
              staging,
              pending,
              searched(found),
              found.network(),
              Optional.empty(),
              input.dimension(),
              options.matrices());
      ClusterSizes sizes = sizes(set, assignment, found);
      Optional<DescribedClusters.Found> described = Optional.empty();
      if (!WaveFinish.gateFails(context, sizes.rows(), assignment.rejects())) {
        ClusterModel model =
            new ClusterModel(
                work.method().code(),
                found.centroids(),
                found.network(),
                input.encoder(),
                sizes.sizes(),
                sizes.radii(),
                plan,
                keptFrom);
        described = describe(contents, assignment, sizes);
        List<MetricRow> metrics = metrics(assignment, sizes, found, chosen);
        described.ifPresent(one -> metrics.addAll(one.terms()));
        WholeTableWave wave = new WholeTableWave(spark, context, plan);
        wave.centroids(centroids, Level.rows(model, levels(model)));
        wave.metrics(tables.metrics(), metrics);
        ModelFile.write(model, options.model(), conf);
      }
      PublishedWave published =
          WaveFinish.publish(
              spark,
              table,
              staging,
              context,
              assignment.outputs(),
              new TakenInput(assignment.read(), done(waves, plan), gone(table)));
      ClusterResult result =
          TrainSummary.of(
              options, found, assignment, sizes, published, chosen, items.map(this::agreement));
      return published.requirePassed(
          described.map(one -> result.with("description", one.details())).orElse(result));
    }
  }

  private FoundClusters find(BlockSet set, int k, Optional<Centroids> start, TrainingFiles files) {
    ClusterMethod method = work.method().withK(k);
    if (method instanceof ClusterMethod.Heads heads) {
      return new HeadClusters(heads, files, context).find(set);
    }
    if (method instanceof ClusterMethod.Deep deep) {
      return new DeepClusters(
              deep,
              deep.start().map(uri -> ModelFile.network(uri, conf)),
              files,
              context,
              network -> ModelFile.writeNetwork(network, options.pretrained(), conf))
          .find(set);
    }
    ClusterMethod.KMeans kMeans = (ClusterMethod.KMeans) method;
    return new KMeansClusters(kMeans, options.matrices(), start, files, context).find(set);
  }

  private SearchedCentroids searched(FoundClusters found) {
    return work.method() instanceof ClusterMethod.KMeans kMeans && kMeans.options().probes() > 0
        ? SearchedCentroids.grouped(
            found.centroids(), options.matrices(), kMeans.options().probes(), context.seed())
        : SearchedCentroids.exact(found.centroids());
  }

  /** Scores of codes are probabilities, which say nothing of distances. */
  private ClusterSizes sizes(BlockSet set, Assignment assignment, FoundClusters found) {
    ClusterSizes sizes =
        ClusterSizes.of(spark, assignment.files(), found.centroids().count(), metric);
    return found.network().isEmpty()
        ? sizes
        : new ClusterSizes(sizes.sizes(), CodeRadii.of(set, found, options.matrices()));
  }

  private Optional<DescribedClusters.Found> describe(
      Optional<Table> contents, Assignment assignment, ClusterSizes sizes) {
    if (contents.isEmpty()) {
      new ContactSheets(spark, options.contactSheets(), context.seed()).remove();
    }
    return contents.map(
        of ->
            new DescribedClusters(spark, context, options, of)
                .of(assignment.files(), sizes.sizes()));
  }

  private List<MetricRow> metrics(
      Assignment assignment,
      ClusterSizes sizes,
      FoundClusters found,
      Optional<ChosenNumber> chosen) {
    List<MetricRow> metrics = new ArrayList<>(found.curve());
    chosen.ifPresent(one -> metrics.addAll(one.metrics(sizes.rows())));
    metrics.addAll(
        ClusterFacts.of(spark, assignment.files(), sizes, found.centroids(), options.matrices()));
    return metrics;
  }

  private List<Level> levels(ClusterModel model) {
    if (!(work.method() instanceof ClusterMethod.KMeans kMeans)) {
      return List.of();
    }
    List<Level> levels =
        Level.above(
            model.centroids(),
            kMeans.levels(),
            kMeans.levelMethod(),
            options.matrices(),
            context.seed());
    Centroids highest =
        levels.isEmpty() ? model.centroids() : levels.get(levels.size() - 1).centroids();
    kMeans
        .joinWithin()
        .ifPresent(within -> levels.add(Level.joined(highest, within, options.matrices())));
    return levels;
  }

  private Optional<Centroids> start() {
    if (!(work.method() instanceof ClusterMethod.KMeans kMeans)) {
      return Optional.empty();
    }
    return kMeans
        .options()
        .start()
        .map(uri -> ModelFile.centroids(uri, conf, metric, kMeans.k(), input.dimension()));
  }

  /** The model whose numbers are kept; empty where none are. */
  private Optional<ClusterModel> earlier() {
    if (!work.keepNumbers()) {
      return Optional.empty();
    }
    Optional<ClusterModel> model = ModelFile.find(options.model(), conf);
    model.ifPresent(one -> KeptNumbers.requireFits(one, input, work.method().k(), options.model()));
    return model;
  }

  /**
   * The plan whose numbers are kept. A model that this very plan made, and that a run which ended
   * before its clusters were published left, has them already.
   */
  private Optional<String> keptFrom(InputWaves waves, Optional<ClusterModel> earlier) {
    return earlier.map(
        model ->
            plan(waves, model.keptFrom()).equals(model.plan())
                ? model.keptFrom().orElse(null)
                : model.plan());
  }

  /** Runs of the same plan give the same bits, so they share what is done. */
  private String plan(InputWaves waves, Optional<String> keptFrom) {
    return "cluster-"
        + Identity.of(
            input.table().uri(),
            waves.names(),
            work.method(),
            work.numbers(),
            metric,
            context.seed(),
            options.matrices(),
            keptFrom);
  }

  private static List<String> done(InputWaves waves, String plan) {
    return Stream.concat(waves.names().stream(), Stream.of(ClusterTables.mark(plan))).toList();
  }

  /** All rows that are there, of which those with a new one stay. */
  private Optional<Dataset<Row>> gone(Table table) {
    return table.files().isEmpty()
        ? Optional.empty()
        : Optional.of(table.current(spark).select(ClusterColumns.ID));
  }

  private void requireFree(Optional<Table> existing) {
    boolean used = existing.map(table -> !table.waves().isEmpty()).orElse(false);
    if (used && !work.again()) {
      throw VectormillException.usage(
          "--output "
              + options.output()
              + ": clusters of other rows or options are there; give new rows to them with --assign "
              + options.model()
              + ", make them anew with --retrain, or name another directory");
    }
  }

  private Optional<ChosenNumber> chosen(BlockSet set) {
    if (work.numbers().isEmpty() || set.distinct() < 2) {
      return Optional.empty();
    }
    context.progress().start("choose k", 0, "numbers");
    return Optional.of(ChosenNumber.of(set, work.numbers(), options.matrices(), context.seed()));
  }

  private void requireDistinct(BlockSet set, int k) {
    if (set.rows() == 0) {
      throw VectormillException.input(
          "--input " + options.input() + ": no vector that can be clustered is there");
    }
    if (set.distinct() == 1 && set.rows() > 1) {
      throw VectormillException.input(
          "--input "
              + options.input()
              + ": all "
              + set.rows()
              + " vectors are equal, so there is nothing to tell apart; look at the encoder and"
              + " the items");
    }
    if (set.distinct() < k) {
      throw VectormillException.usage(
          "--k "
              + k
              + ": the "
              + set.rows()
              + " vectors of "
              + options.input()
              + " have only "
              + set.distinct()
              + " distinct values; ask for at most so many clusters");
    }
  }

  private Agreement agreement(Table items) {
    return LabelReport.of(spark, Table.open(conf, options.clusters()), items);
  }

  private ClusterResult nothingToDo(InputWaves waves) {
    return ClusterResult.unchanged(
        waves.currentRows(),
        "Nothing to do: %,d rows of %s are clustered in %s"
            .formatted(waves.currentRows(), options.input(), options.output()));
  }

  private ClusterResult planned(InputWaves waves) {
    return ClusterResult.unchanged(
        waves.currentRows(),
        "Plan: %,d vectors of dimension %d into %,d clusters by %s, into %s"
            .formatted(
                waves.currentRows(),
                input.dimension(),
                work.method().k(),
                methodText(),
                options.output()));
  }

  private String methodText() {
    if (!(work.method() instanceof ClusterMethod.KMeans)) {
      return work.method().code();
    }
    return (metric == Metric.COSINE ? "spherical" : "Euclidean") + " k-means";
  }
}
