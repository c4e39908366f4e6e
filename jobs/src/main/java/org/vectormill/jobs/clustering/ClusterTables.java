package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.jobs.runner.VectormillVersion;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;
import org.vectormill.udfs.vectors.Metric;

/** The tables of an output, and which model their rows are of. */
record ClusterTables(Configuration conf, ClusterOptions options, VectorInput input) {
  /** Begins the entry among a wave's done inputs that names the model of its rows. */
  private static final String MODEL = "model:";

  Optional<Table> findClusters() {
    return find(options.clusters(), TableKind.CLUSTERS);
  }

  private Optional<Table> find(String uri, TableKind kind) {
    Optional<Table> table = Table.find(conf, uri);
    table.ifPresent(
        there -> {
          if (there.manifest().tableKind() != kind) {
            throw VectormillException.usage(
                "--output "
                    + options.output()
                    + ": "
                    + uri
                    + " is a table of kind "
                    + there.manifest().kind()
                    + "; name another directory");
          }
        });
    return table;
  }

  /**
   * Fails now where a training would when it has ended.
   *
   * @throws VectormillException ({@code USAGE}) where a table that it replaces is of another kind,
   *     or of vectors of another encoder
   */
  void requireReplaceable() {
    Stream.of(
            findClusters(),
            find(options.centroids(), TableKind.CENTROIDS),
            find(options.metrics(), TableKind.METRICS))
        .flatMap(Optional::stream)
        .filter(there -> !input.encoder().equals(there.manifest().encoderFingerprint()))
        .findFirst()
        .ifPresent(
            there -> {
              throw VectormillException.usage(
                  "--output %s: %s is of vectors of encoder %s, those of %s are of %s; name another --output"
                      .formatted(
                          options.output(),
                          there.uri(),
                          there.manifest().encoderFingerprint(),
                          options.input(),
                          input.encoder()));
            });
  }

  /**
   * Whether all that lies beside the clusters of this plan is of it too, or isn't there. A run that
   * was ended before its clusters were published leaves its own.
   */
  boolean areWhole(String plan) {
    return Stream.of(
            plan(find(options.centroids(), TableKind.CENTROIDS)),
            plan(find(options.metrics(), TableKind.METRICS)),
            ModelFile.find(options.model(), conf).map(ClusterModel::plan))
        .flatMap(Optional::stream)
        .allMatch(plan::equals);
  }

  /** For rows that are added to those of the same model. */
  Table clusters(Metric metric) {
    return Table.openOrCreate(conf, options.clusters(), manifest(TableKind.CLUSTERS, metric, null));
  }

  /** For rows of another model than those that are there, if any are. */
  Table newClusters(Metric metric) {
    return Table.openToReplace(
        conf, options.clusters(), manifest(TableKind.CLUSTERS, metric, null));
  }

  /**
   * For centroids of another model.
   *
   * @param dimension of the centroids: that of the vectors, or of their codes
   */
  Table newCentroids(Metric metric, int dimension) {
    return Table.openToReplace(
        conf, options.centroids(), manifest(TableKind.CENTROIDS, metric, dimension));
  }

  /** For figures of another training and of its clusters. */
  Table newMetrics() {
    return Table.openToReplace(
        conf, options.metrics(), manifest(TableKind.METRICS, input.metric(), null));
  }

  private TableManifest manifest(TableKind kind, Metric metric, Integer dimension) {
    TableManifest vectors = input.table().manifest();
    return new TableManifest(
        kind.code(),
        TableManifest.CONTRACT_VERSION,
        dimension,
        metric.code(),
        dimension == null ? null : metric == Metric.COSINE,
        vectors.encoder(),
        vectors.encoderFingerprint(),
        List.of(input.table().uri()),
        options.recorded(),
        VectormillVersion.current());
  }

  /** What a wave made by this plan's model has among its done inputs. */
  static String mark(String plan) {
    return MODEL + plan;
  }

  /** Plan of the model that the table's newest rows are of; empty where it has none. */
  static Optional<String> plan(Optional<Table> table) {
    String last = null;
    for (WaveCommit wave : table.map(Table::waves).orElse(List.of())) {
      for (String done : wave.inputWaves()) {
        if (done.startsWith(MODEL)) {
          last = done.substring(MODEL.length());
        }
      }
    }
    return Optional.ofNullable(last);
  }
}
