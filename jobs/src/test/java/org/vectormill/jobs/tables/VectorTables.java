package org.vectormill.jobs.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.RejectRow;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectorRows;
import org.vectormill.schemas.WaveContent;

/** Writes tables of vectors of 4 dimensions for tests, a wave at a time. */
public final class VectorTables {
  private static final Configuration CONF = new Configuration();
  private static final int DIMENSION = 4;

  private final String uri;

  public VectorTables(String uri) {
    this.uri = uri;
  }

  public Table open() {
    return Table.open(CONF, uri);
  }

  private Table table() {
    return Table.openOrCreate(
        CONF,
        uri,
        new TableManifest(
            "vectors", 1, DIMENSION, "l2", false, null, "f1", List.of("in"), Map.of(), "0.1.0"));
  }

  /** One wave of one file, whose rows replace those of some of their ids. */
  public Table wave(List<String> ids, String... replaced) {
    Staging staging = stage();
    staging.publish(
        WaveContent.empty()
            .withRows(vectors(staging, ids), List.of())
            .withHidden(list(staging, List.of(replaced)), List.of())
            .withDone(List.of(), List.of("items#" + (open().lastWave() + 1))));
    return open();
  }

  /** One wave that removes rows. */
  public Table remove(String... ids) {
    Staging staging = stage();
    staging.publish(
        WaveContent.empty()
            .withHidden(List.of(), list(staging, List.of(ids)))
            .withDone(List.of(), List.of("items#" + (open().lastWave() + 1))));
    return open();
  }

  /** One wave of rejects, with rows beside them where the gate was passed. */
  public Table rejects(List<String> rows, RejectReason reason, String... ids) {
    Staging staging = stage();
    DataFile file;
    try (TableFileWriter<RejectRow> writer =
        TableFiles.writeRejects(CONF, newFile(staging, "rejects"), open().footer())) {
      for (String id : ids) {
        writer.write(new RejectRow(id, "s", null, "embed", reason, "why", "r", Instant.EPOCH));
      }
      file = writer.finish();
    }
    List<DataFile> data = rows.isEmpty() ? List.of() : vectors(staging, rows);
    staging.publish(WaveContent.empty().withRows(data, List.of(file)));
    return open();
  }

  /**
   * What is left where a run ends while it publishes: an intent, and so many of its files placed.
   *
   * @return the staging directory
   */
  public Path interrupt(List<String> ids, int placed) throws IOException {
    Path table = Path.of(uri);
    int wave = open().lastWave() + 1;
    Staging staging = table().stage("interrupted", "interrupted");
    DataFile file = vectors(staging, ids).get(0);
    Path from = Path.of(java.net.URI.create(file.path()).getPath());
    String to = String.format("wave=%05d/%s", wave, from.getFileName());
    Files.writeString(
        from.resolveSibling("publish.json"),
        """
        {"commit": {"wave": %d, "run_id": "r", "committed_at": "2026-01-01T00:00:00Z",
          "files": [{"path": "%s", "rows": %d, "bytes": %d,
            "ids": {"count": %d, "hash": "%s"}}],
          "reject_files": [], "replaced": [], "processed": [], "input_waves": []},
         "moves": {"%s": "%s"}}
        """
            .formatted(
                wave,
                to,
                file.rows(),
                file.bytes(),
                file.ids().count(),
                file.ids().hex(),
                file.path(),
                to));
    if (placed > 0) {
      Files.createDirectories(table.resolve(to).getParent());
      Files.move(from, table.resolve(to));
    }
    return from.getParent();
  }

  /** Ids of the current rows; fails where one stands twice. */
  public Set<String> ids(SparkSession spark) {
    Set<String> ids = new TreeSet<>();
    open()
        .current(spark)
        .select("id")
        .collectAsList()
        .forEach(
            row -> {
              if (!ids.add(row.getString(0))) {
                throw new IllegalStateException(row.getString(0) + " stands twice");
              }
            });
    return ids;
  }

  /** The vector that an id has in a wave. */
  public static float[] vector(String id, int wave) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = id.hashCode() / 7f + wave * 0.1f + i;
    }
    return vector;
  }

  private Staging stage() {
    int wave = table().lastWave() + 1;
    return table().stage("plan-" + wave, "run-" + wave);
  }

  private List<DataFile> vectors(Staging staging, List<String> ids) {
    int wave = open().lastWave() + 1;
    float[] values = new float[ids.size() * DIMENSION];
    for (int i = 0; i < ids.size(); i++) {
      System.arraycopy(vector(ids.get(i), wave), 0, values, i * DIMENSION, DIMENSION);
    }
    String[] names = ids.toArray(String[]::new);
    List<String> hashes = new ArrayList<>(ids);
    hashes.replaceAll(id -> id + "@" + wave);
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(
            CONF, newFile(staging, "part"), open().footer(), RowGroupSize.DEFAULT, DIMENSION)) {
      writer.write(
          new VectorRows(
              names,
              hashes.toArray(String[]::new),
              "f1",
              DIMENSION,
              values,
              null,
              new boolean[ids.size()]));
      return List.of(writer.finish());
    }
  }

  private List<DataFile> list(Staging staging, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    try (TableFileWriter<String> writer =
        TableFiles.writeIds(CONF, newFile(staging, "ids"), open().footer())) {
      ids.forEach(writer::write);
      return List.of(writer.finish());
    }
  }

  private static String newFile(Staging staging, String prefix) {
    return StagingPlaces.newFile(staging.places().data(), prefix);
  }
}
