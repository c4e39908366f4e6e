package org.vectormill.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/**
 * A table of vectors whose waves are written straight to their place, a thousand in seconds. A
 * row's content hash, a reject's message, a source's version say in which wave it was written:
 * {@code id@wave}.
 */
final class WrittenWaves {
  private static final Configuration CONF = new Configuration();
  private static final int DIMENSION = 2;

  private final Path dir;
  private int last;

  WrittenWaves(Path dir) {
    this.dir = dir;
    var unused =
        Table.openOrCreate(
            CONF,
            dir.toString(),
            new TableManifest(
                "vectors", 1, DIMENSION, "l2", false, null, "e", List.of(), Map.of(), "test"));
  }

  Table open() {
    return Table.open(CONF, dir.toString());
  }

  void add(WaveDraft draft) {
    last++;
    String wave = TableDirectory.waveName(last);
    WaveContent content =
        WaveContent.empty()
            .withRows(rows(wave, draft.rows()), rejects("_rejects/" + wave, draft.rejects()))
            .withHidden(
                ids("_vectormill/replaced", draft.replaced()),
                ids("_vectormill/removed", draft.removed()))
            .withoutRejects(ids("_vectormill/removed_rejects", draft.removedRejects()))
            .withRetried(rejects("_vectormill/retried", draft.retried()))
            .withDone(processed(draft.sources()), List.of());
    Path commit = dir.resolve("_vectormill/commits/%05d.json".formatted(last));
    try {
      Files.createDirectories(commit.getParent());
      Files.writeString(
          commit, Json.write(WaveCommit.of(last, "r", "2026-01-01T00:00:00Z", content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<DataFile> rows(String place, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    VectorRows rows =
        new VectorRows(
            ids.toArray(String[]::new),
            ids.stream().map(this::written).toArray(String[]::new),
            "e",
            DIMENSION,
            new float[DIMENSION * ids.size()],
            null,
            new boolean[ids.size()]);
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(CONF, file(place), Map.of(), RowGroupSize.DEFAULT, DIMENSION)) {
      writer.write(rows);
      return placed(place, writer);
    }
  }

  private List<DataFile> rejects(String place, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    try (TableFileWriter<RejectRow> writer = TableFiles.writeRejects(CONF, file(place), Map.of())) {
      for (String id : ids) {
        writer.write(
            new RejectRow(
                id, id, null, "s", RejectReason.CHANGED, written(id), "r", Instant.EPOCH));
      }
      return placed(place, writer);
    }
  }

  private List<DataFile> ids(String place, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    try (TableFileWriter<String> writer = TableFiles.writeIds(CONF, file(place), Map.of())) {
      ids.forEach(writer::write);
      return placed(place, writer);
    }
  }

  private List<DataFile> processed(List<String> sources) {
    String place = "_vectormill/processed";
    if (sources.isEmpty()) {
      return List.of();
    }
    try (TableFileWriter<ProcessedSource> writer =
        TableFiles.writeProcessed(CONF, file(place), Map.of())) {
      sources.forEach(source -> writer.write(new ProcessedSource(source, last, written(source))));
      return placed(place, writer);
    }
  }

  private String written(String id) {
    return id + "@" + last;
  }

  private String file(String place) {
    return StagingPlaces.newFile(dir.resolve(place).toString(), "part");
  }

  private static List<DataFile> placed(String place, TableFileWriter<?> writer) {
    DataFile file = writer.finish();
    String name = new org.apache.hadoop.fs.Path(file.path()).getName();
    return List.of(new DataFile(place + "/" + name, file.rows(), file.bytes(), file.ids()));
  }
}
