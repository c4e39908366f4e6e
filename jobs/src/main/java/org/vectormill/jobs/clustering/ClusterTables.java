package org.vectormill.jobs.clustering;

import java.util.List;
import java.util.Optional;
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

  Optional<Table> findCentroids() {
    return find(options.centroids(), TableKind.CENTROIDS);
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

  Table clusters(Metric metric) {
    return Table.openOrCreate(conf, options.clusters(), manifest(TableKind.CLUSTERS, metric, null));
  }

  /**
   * @param dimension of the centroids: that of the vectors, or of their codes
   */
  Table centroids(Metric metric, int dimension) {
    return Table.openOrCreate(
        conf, options.centroids(), manifest(TableKind.CENTROIDS, metric, dimension));
  }

  /** Figures of the training and of each cluster. */
  Table metrics() {
    return Table.openOrCreate(
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
