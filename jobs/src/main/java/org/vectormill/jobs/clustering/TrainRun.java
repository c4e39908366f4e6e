package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.InputWaves;
import org.vectormill.jobs.wave.Pending;
import org.vectormill.jobs.wave.PendingPlan;
import org.vectormill.jobs.wave.PublishedWave;
import org.vectormill.jobs.wave.TakenInput;
import org.vectormill.jobs.wave.WaveFinish;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.MetricRow;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.agreement.Agreement;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.Metric;

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
        work.method().comparesCodes() ? Metric.L2 : work.metric().orElseGet(input::metric);
    this.tables = new ClusterTables(conf, options, input);
  }

  WaveResult run() {
    Optional<LabelReport> labels = LabelReport.wanted(spark, conf, options, input);
    Optional<Table> contents = DescribedClusters.items(conf, options, input);
    InputWaves waves = InputWaves.of(input.table(), null);
    Optional<Table> domains =
        work.method() instanceof ClusterMethod.Shift
            ? Optional.of(SourceItems.required(conf, options, input, "--domain"))
            : Optional.empty();
    TrainPlan planned =
        TrainPlan.of(
            conf,
            options,
            work,
            input,
            metric,
            waves,
            domains.map(table -> InputWaves.of(table, null)),
            context.seed());
    String plan = planned.name();
    Optional<Table> existing = tables.findClusters();
    boolean there = ClusterTables.plan(existing).equals(Optional.of(plan));
    if (there && tables.areWhole(plan)) {
      existing.get().settleManifest();
      WaveResult done = nothingToDo(waves);
      return labels.map(report -> report.added(done, existing.get())).orElse(done);
    }
    if (there) {
      requireRepair();
    } else {
      requireFree(existing);
      planned.requireNumbersOf(ClusterTables.plan(existing), options.model());
    }
    tables.requireReplaceable();
    if (context.dryRun()) {
      return planned(waves);
    }
    ClusterFinder finder =
        new ClusterFinder(spark, options, work.method(), context, metric, input, domains);
    Optional<Centroids> start = finder.start();
    int most = work.method().k();
    try (Pending pending = new PendingPlan(spark, waves, UNIT_ROWS).pending(null);
        BlockSet set = BlockSet.read(spark, pending, metric, input.dimension(), most)) {
      Optional<ChosenNumber> chosen = chosen(set);
      int k = chosen.map(ChosenNumber::k).orElse(most);
      DistinctRows.require(set, k, options.input(), pending.ids().count());
      work.method().requireRows(set.rows());
      Table table = tables.newClusters(metric).requireUnchangedSince(existing);
      Staging staging = table.stage(plan, context.runId());
      if (staging.finishInterrupted().isPresent()) {
        return run();
      }
      TrainingFiles files = new TrainingFiles(conf, staging.places());
      FoundClusters found = planned.numbered(set, finder.find(set, k, start, files));
      Table centroids = tables.newCentroids(metric, found.centroids().dimension());
      Assignment assignment =
          Assignment.run(
              spark,
              context,
              table,
              staging,
              pending,
              finder.searched(found),
              found.network(),
              Optional.empty(),
              input.dimension(),
              options.matrices());
      ClusterSizes sizes = sizes(set, assignment, found);
      Optional<DescribedClusters.Found> described = Optional.empty();
      Optional<Agreement> agreement = Optional.empty();
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
                planned.keptFrom());
        agreement = labels.map(of -> of.required(TableFiles.rows(spark, assignment.files())));
        ContactSheets sheets =
            new ContactSheets(spark, files.sheets(), options.contactSheets(), context.seed());
        described = describe(contents, sheets, assignment, sizes);
        List<MetricRow> metrics = metrics(assignment, sizes, found, chosen);
        described.ifPresent(one -> metrics.addAll(one.terms()));
        requireUnchangedSince(existing);
        sheets.bring(described.map(DescribedClusters.Found::sheets).orElse(Set.of()));
        WholeTableWave wave = new WholeTableWave(spark, context, plan);
        wave.centroids(centroids, Level.rows(model, levels(model)));
        wave.metrics(tables.newMetrics(), metrics);
        files.pretrained().ifPresent(one -> ModelFile.put(one, options.pretrained(), conf));
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
      WaveResult result =
          published.requirePassed(
              TrainSummary.of(options, found, assignment, sizes, published, chosen));
      WaveResult told =
          described.map(one -> result.with("description", one.details())).orElse(result);
      return agreement.map(one -> LabelReport.added(told, one)).orElse(told);
    }
  }

  /** What lies beside the clusters is replaced before them, so it has to be theirs still. */
  private void requireUnchangedSince(Optional<Table> existing) {
    var unused = tables.newClusters(metric).requireUnchangedSince(existing);
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
      Optional<Table> contents, ContactSheets sheets, Assignment assignment, ClusterSizes sizes) {
    return contents.map(
        of ->
            new DescribedClusters(spark, context, sheets, of)
                .of(assignment.files(), sizes.sizes()));
  }

  private List<MetricRow> metrics(
      Assignment assignment,
      ClusterSizes sizes,
      FoundClusters found,
      Optional<ChosenNumber> chosen) {
    List<MetricRow> metrics = new ArrayList<>(found.curve());
    chosen.ifPresent(one -> metrics.addAll(one.metrics()));
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
              + ": clusters of other rows or options (--threads, by default the cores, is one) are there; give new rows to them with --assign "
              + options.model()
              + ", make them anew with --retrain, or name another directory");
    }
  }

  /** Clusters that are there are found anew, which may take long, because their model is gone. */
  private void requireRepair() {
    if (!work.again()) {
      throw VectormillException.usage(
          "--output "
              + options.output()
              + ": the clusters of this command are there, but centroids, metrics or model are of a run that did not end; run that one again, make all anew with --retrain, or name another directory");
    }
  }

  private Optional<ChosenNumber> chosen(BlockSet set) {
    if (work.numbers().isEmpty() || set.distinct() < 2) {
      return Optional.empty();
    }
    context.progress().start("choose k", 0, "numbers");
    return Optional.of(ChosenNumber.of(set, work.numbers(), options.matrices(), context.seed()));
  }

  private WaveResult nothingToDo(InputWaves waves) {
    WaveResult done =
        WaveResult.unchanged(
            waves.currentRows(),
            Map.of(),
            "Nothing to do: %,d rows of %s are clustered in %s"
                .formatted(waves.currentRows(), options.input(), options.output()));
    return options.described().orElse(false)
        ? done.then("Clusters are described by the run that finds them, not by this one")
        : done;
  }

  private WaveResult planned(InputWaves waves) {
    return WaveResult.unchanged(
        waves.currentRows(),
        Map.of(),
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
