package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectorRows;
import org.vectormill.schemas.WaveContent;

/** Writes a table of vectors for tests, a wave at a time. */
final class VectorWaves {
  private static final Configuration CONF = new Configuration();

  private final String uri;
  private final int dimension;
  private final String metric;
  private final List<String> inputs;

  VectorWaves(String uri, int dimension, String metric, String... inputs) {
    this.uri = uri;
    this.dimension = dimension;
    this.metric = metric;
    this.inputs = List.of(inputs);
  }

  /** Some rows of one file. */
  record Part(List<String> ids, float[][] vectors) {}

  /** Rows around far centres: row {@code i} is of group {@code i % groups}, id {@code g-i}. */
  static Part groups(int from, int to, int groups, int dimension, long seed) {
    List<String> ids = new ArrayList<>();
    float[][] vectors = new float[to - from][dimension];
    for (int i = from; i < to; i++) {
      int group = i % groups;
      ids.add(group + "-" + i);
      Random random = new Random(seed * 1_000_003 + i);
      for (int j = 0; j < dimension; j++) {
        double centre = new Random(group * 31L + j).nextGaussian();
        vectors[i - from][j] = (float) (4 * centre + 0.3 * random.nextGaussian());
      }
    }
    return new Part(ids, vectors);
  }

  /** Publishes one wave, one file a part, whose rows replace those of some of their ids. */
  Table wave(List<Part> parts, String... replaced) {
    return publish(dimension, parts, replaced);
  }

  /** Publishes one wave whose files have another dimension than the table. */
  Table wrongWave(int otherDimension, Part part) {
    return publish(otherDimension, List.of(part));
  }

  private Table publish(int width, List<Part> parts, String... replaced) {
    Table table =
        Table.openOrCreate(
            CONF,
            uri,
            new TableManifest(
                "vectors",
                1,
                dimension,
                metric,
                metric.equals("cosine"),
                null,
                "e" + dimension,
                inputs,
                Map.of(),
                "0.1.0"));
    int wave = table.lastWave() + 1;
    Staging staging = table.stage("plan-" + wave, "run-" + wave);
    List<DataFile> files = new ArrayList<>();
    for (Part part : parts) {
      files.add(file(table, staging, width, part));
    }
    WaveContent content = WaveContent.empty().withRows(files, List.of());
    if (replaced.length > 0) {
      content = content.withHidden(List.of(ids(table, staging, replaced)), List.of());
    }
    staging.publish(content);
    return Table.open(CONF, uri);
  }

  private DataFile file(Table table, Staging staging, int width, Part part) {
    int n = part.ids().size();
    float[] values = new float[n * width];
    String[] hashes = new String[n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(part.vectors()[i], 0, values, i * width, width);
      hashes[i] = "h" + part.ids().get(i);
    }
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(
            CONF,
            StagingPlaces.newFile(staging.places().data(), "part"),
            table.footer(),
            new RowGroupSize(1 << 20, 400),
            width)) {
      writer.write(
          new VectorRows(
              part.ids().toArray(String[]::new),
              hashes,
              "e" + dimension,
              width,
              values,
              null,
              new boolean[n]));
      return writer.finish();
    }
  }

  private static DataFile ids(Table table, Staging staging, String... ids) {
    try (TableFileWriter<String> writer =
        TableFiles.writeIds(
            CONF, StagingPlaces.newFile(staging.places().data(), "ids"), table.footer())) {
      List.of(ids).forEach(writer::write);
      return writer.finish();
    }
  }
}
