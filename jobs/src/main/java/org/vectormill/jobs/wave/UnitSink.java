package org.vectormill.jobs.wave;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.vectormill.schemas.ClusterRows;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.ProcessedSource;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.RejectRow;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.VectorRows;

/**
 * Takes what one work unit makes: rows, rejects, the ids that it read. Files are opened at the
 * first row and have names of their own, so that several attempts at a unit don't meet. Of one
 * thread.
 */
public final class UnitSink implements AutoCloseable {
  private final SinkSpec spec;
  private final Configuration conf;
  private final Map<String, Double> facts = new TreeMap<>();
  private TableFileWriter<ItemRow> items;
  private TableFileWriter<VectorRows> vectors;
  private TableFileWriter<ClusterRows> clusters;
  private TableFileWriter<RejectRow> rejects;
  private TableFileWriter<ProcessedSource> processed;
  private IdSetHash read = IdSetHash.EMPTY;
  private IdSetHash skipped = IdSetHash.EMPTY;

  UnitSink(SinkSpec spec, Configuration conf) {
    this.spec = spec;
    this.conf = conf;
  }

  /** Hadoop's settings in this task. */
  public Configuration conf() {
    return conf;
  }

  /** Counts an id that is taken from the input: it becomes a row or a reject of this unit. */
  public void read(String id) {
    read = read.plus(IdSetHash.of(id));
  }

  /** Counts an id that the unit saw and that is not meant for this run. */
  public void skip(String id) {
    skipped = skipped.plus(IdSetHash.of(id));
  }

  /** Appends a row of an {@code items} table. */
  public void item(ItemRow row) {
    if (items == null) {
      items =
          TableFiles.writeItems(
              conf,
              StagingPlaces.newFile(spec.places().data(), "part"),
              spec.footer(),
              spec.rowGroups());
    }
    items.write(row);
  }

  /** Appends rows of a {@code vectors} table. */
  public void vectors(VectorRows rows) {
    if (vectors == null) {
      vectors =
          TableFiles.writeVectors(
              conf,
              StagingPlaces.newFile(spec.places().data(), "part"),
              spec.footer(),
              spec.rowGroups(),
              spec.dimension());
    }
    vectors.write(rows);
  }

  /** Appends rows of a {@code clusters} table. */
  public void clusters(ClusterRows rows) {
    if (clusters == null) {
      clusters =
          TableFiles.writeClusters(
              conf,
              StagingPlaces.newFile(spec.places().data(), "part"),
              spec.footer(),
              spec.rowGroups());
    }
    clusters.write(rows);
  }

  /**
   * Appends a reject of this run's job.
   *
   * @param contentHash null where the content could not be read
   */
  public void reject(
      String id, String source, String contentHash, RejectReason reason, String message) {
    if (rejects == null) {
      rejects =
          TableFiles.writeRejects(
              conf, StagingPlaces.newFile(spec.places().rejects(), "rejects"), spec.footer());
    }
    rejects.write(
        new RejectRow(
            id, source, contentHash, spec.stage(), reason, message, spec.runId(), Instant.now()));
  }

  /** Remembers a source that needs no second look while it stays as it is. */
  public void processed(ProcessedSource source) {
    if (processed == null) {
      processed =
          TableFiles.writeProcessed(
              conf, StagingPlaces.newFile(spec.places().lists(), "processed"), spec.footer());
    }
    processed.write(source);
  }

  /** Adds to a fact of this unit; facts of all units are added up in the result. */
  public void fact(String name, double value) {
    facts.merge(name, value, Double::sum);
  }

  UnitOutput finish(String key) {
    return new UnitOutput(
        key,
        Stream.of(finished(items), finished(vectors), finished(clusters))
            .flatMap(List::stream)
            .toList(),
        finished(rejects),
        finished(processed),
        read,
        skipped,
        SparkEnv.get().executorId(),
        facts);
  }

  private static List<DataFile> finished(TableFileWriter<?> writer) {
    return writer == null ? List.of() : List.of(writer.finish());
  }

  /** Closes the files; those that are not finished are deleted. */
  @Override
  public void close() {
    try (TableFileWriter<?> a = items;
        TableFileWriter<?> b = vectors;
        TableFileWriter<?> c = clusters;
        TableFileWriter<?> d = rejects;
        TableFileWriter<?> e = processed) {
      // Each is closed, also where another fails.
    }
  }
}
