package org.vectormill.jobs.clustering;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.vectormill.jobs.embed.EmbedJob;
import org.vectormill.jobs.embed.EmbedOptions;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.jobs.wave.WaveResult;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.text.TfIdfModel;

/**
 * Makes features of items that have none yet: {@code embed} into a table below the output, with the
 * pixels encoder or with a vocabulary that is counted first.
 */
final class FeatureRun {
  private static final int TEXTS_AT_ONCE = 4096;
  private static final int IMAGES_AT_ONCE = 16;

  private final SparkSession spark;
  private final Configuration conf;
  private final ClusterOptions options;
  private final Features features;
  private final RunContext context;
  private final Table items;

  /**
   * @throws VectormillException ({@code USAGE}) where the input is a table of vectors, ({@code
   *     INPUT}) where it is none of items
   */
  FeatureRun(SparkSession spark, ClusterOptions options, Features features, RunContext context) {
    this.spark = spark;
    this.conf = spark.sessionState().newHadoopConf();
    this.options = options;
    this.features = features;
    this.context = context;
    this.items = items();
  }

  private Table items() {
    Table table = Table.open(conf, options.input());
    TableKind kind = table.manifest().tableKind();
    if (kind == TableKind.VECTORS) {
      throw VectormillException.usage(
          "--features makes vectors of items, but --input "
              + options.input()
              + " is a table of vectors already; leave --features out, or name the items");
    }
    if (kind != TableKind.ITEMS) {
      throw VectormillException.input(
          "--input "
              + options.input()
              + ": a table of kind "
              + table.manifest().kind()
              + ", --features reads items; name a table that ingest made");
    }
    return table;
  }

  /**
   * Encodes what is new; in a dry run says what would be done. Empty where that needs a vocabulary
   * that a dry run doesn't count.
   *
   * @throws VectormillException ({@code INPUT}) where the input has no item that such features can
   *     be made of, or the vocabulary of a model is missing; ({@code USAGE}) where the vocabulary
   *     that is there was counted for another number of terms
   */
  Optional<WaveResult> run() {
    if (Table.find(conf, options.features()).isEmpty()) {
      requireItems();
    }
    Optional<String> encoder =
        features instanceof Features.Pixels pixels
            ? Optional.of(pixels.encoder())
            : vocabulary((Features.TfIdf) features);
    return encoder.map(uri -> new EmbedJob().run(spark, embedding(uri), context));
  }

  private void requireItems() {
    Modality modality = features.modality();
    if (items
        .current(spark)
        .where(functions.col(ItemColumns.MODALITY).equalTo(modality.code()))
        .isEmpty()) {
      throw VectormillException.input(
          "--input %s: no %s among its items, which --features %s needs; name other items, or %s"
              .formatted(
                  options.input(),
                  modality.code(),
                  modality == Modality.TEXT ? "tfidf" : "pixels",
                  modality == Modality.TEXT ? "pixels:28x28:grey" : "tfidf"));
    }
  }

  /** The folder of the vocabulary, counted where there is none; empty where a dry run would. */
  private Optional<String> vocabulary(Features.TfIdf asked) {
    Vocabulary vocabulary = new Vocabulary(options.featuresModel(), conf);
    Optional<TfIdfModel> there = vocabulary.find();
    there.ifPresent(model -> requireAsked(asked, model));
    if (there.isEmpty()) {
      if (options.work() instanceof ClusterOptions.Assign) {
        throw VectormillException.input(
            "--features tfidf: no vocabulary "
                + options.featuresModel()
                + " beside the model; name a model that cluster made with --features tfidf");
      }
      if (context.dryRun()) {
        return Optional.empty();
      }
      context.progress().start("vocabulary", 0, "items");
      vocabulary.write(
          Vocabulary.count(spark, items, asked.terms().orElse(Features.DEFAULT_TERMS)));
    }
    return Optional.of(options.featuresModel());
  }

  private void requireAsked(Features.TfIdf asked, TfIdfModel there) {
    if (asked.terms().isPresent() && asked.terms().get() != there.asked()) {
      throw VectormillException.usage(
          "--features tfidf:%d: the vocabulary %s was counted with tfidf:%d, and stays; ask for that, or name another --output"
              .formatted(asked.terms().get(), options.featuresModel(), there.asked()));
    }
  }

  private EmbedOptions embedding(String encoder) {
    return new EmbedOptions(
        options.input(),
        options.features(),
        EncoderRequest.of(encoder),
        new RuntimeOptions("auto", TEXTS_AT_ONCE, IMAGES_AT_ONCE, options.matrices().threads()),
        false,
        0,
        RowGroupSize.DEFAULT,
        options.recorded());
  }

  /** What a run would do that has to count a vocabulary first. */
  String plan() {
    return "Plan: count a vocabulary of %s into %s, make features with it in %s, and cluster them"
        .formatted(options.input(), options.featuresModel(), options.features());
  }

  /** For the result file. */
  static Map<String, Object> details(WaveResult embedded) {
    return Map.of(
        "read", embedded.read(),
        "written", embedded.written(),
        "rejected", embedded.rejected(),
        "already_done", embedded.alreadyDone(),
        "rejects_by_reason", embedded.rejectsByReason(),
        "encoder", embedded.details().get("encoder"));
  }
}
