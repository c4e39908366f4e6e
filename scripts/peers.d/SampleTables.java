import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemRow;
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

/**
 * Tables with every column, missing values, maps and rejects, in two waves of which the second
 * replaces a row. usage: SampleTables FOLDER
 */
public final class SampleTables {
  private static final Configuration CONF = new Configuration();
  private static final int ROWS = 1000;

  public static void main(String[] arguments) {
    Table items = table(arguments[0] + "/items", "items", null);
    items(items, "r1", 0, ROWS, List.of());
    items(items, "r2", ROWS - 1, ROWS + 10, List.of("item-" + (ROWS - 1)));
    Table vectors = table(arguments[0] + "/vectors", "vectors", 16);
    vectors(vectors, "r1", 0, ROWS, List.of());
    vectors(vectors, "r2", ROWS - 1, ROWS + 10, List.of("item-" + (ROWS - 1)));
    System.out.println(items.uri() + " " + vectors.uri());
  }

  private static Table table(String uri, String kind, Integer dimension) {
    boolean vectors = dimension != null;
    TableManifest manifest =
        new TableManifest(
            kind,
            TableManifest.CONTRACT_VERSION,
            dimension,
            vectors ? "l2" : null,
            vectors ? false : null,
            null,
            vectors ? "3fa9" : null,
            List.of("made up"),
            Map.of("note", "grüße, \"quoted\""),
            "sample");
    return Table.openOrCreate(CONF, uri, manifest);
  }

  private static void items(Table table, String run, int from, int to, List<String> replaced) {
    Staging staging = Table.open(CONF, table.uri()).stage(run, run);
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    try (TableFileWriter<ItemRow> writer =
        TableFiles.writeItems(CONF, uri, table.footer(), new RowGroupSize(1 << 20, 300))) {
      for (int i = from; i < to; i++) {
        writer.write(item(i));
      }
      publish(table, staging, run, writer.finish(), replaced);
    }
  }

  private static ItemRow item(int i) {
    boolean image = i % 3 == 0;
    return new ItemRow(
        "item-" + i,
        "file:/corpus/größe " + i,
        i,
        "2026-01-01T00:00:00Z",
        image ? "image" : "text",
        image ? null : "text " + i,
        image && i % 2 == 0 ? new byte[] {1, 2, (byte) i} : null,
        "%064x".formatted(i),
        i % 5 == 0 ? null : "label " + i % 7,
        i % 4 == 0 ? "test" : null,
        i % 2 == 0 ? Map.of() : Map.of("number", "" + i));
  }

  private static void vectors(Table table, String run, int from, int to, List<String> replaced) {
    Staging staging = Table.open(CONF, table.uri()).stage(run, run);
    String uri = StagingPlaces.newFile(staging.places().data(), "part");
    int rows = to - from;
    String[] ids = new String[rows];
    String[] hashes = new String[rows];
    int[] tokens = new int[rows];
    boolean[] truncated = new boolean[rows];
    float[] values = new float[rows * 16];
    for (int i = 0; i < rows; i++) {
      ids[i] = "item-" + (from + i);
      hashes[i] = "%064x".formatted(from + i);
      tokens[i] = i % 3 == 0 ? -1 : i;
      truncated[i] = i % 10 == 0;
      for (int j = 0; j < 16; j++) {
        values[i * 16 + j] = (from + i) * 16 + j + 1;
      }
    }
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(CONF, uri, table.footer(), new RowGroupSize(1 << 20, 300), 16)) {
      writer.write(new VectorRows(ids, hashes, "3fa9", 16, values, tokens, truncated));
      publish(table, staging, run, writer.finish(), replaced);
    }
  }

  private static void publish(
      Table table, Staging staging, String run, DataFile file, List<String> replaced) {
    String rejects = StagingPlaces.newFile(staging.places().rejects(), "rejects");
    String ids = StagingPlaces.newFile(staging.places().lists(), "replaced");
    try (TableFileWriter<RejectRow> bad = TableFiles.writeRejects(CONF, rejects, table.footer());
        TableFileWriter<String> old = TableFiles.writeIds(CONF, ids, table.footer())) {
      for (RejectReason reason : RejectReason.values()) {
        bad.write(
            new RejectRow(
                run + "-" + reason.code(),
                "file:/corpus/bad",
                reason == RejectReason.EMPTY ? null : "00",
                "sample",
                reason,
                "made up",
                run,
                Instant.parse("2026-01-02T03:04:05.678901Z")));
      }
      replaced.forEach(old::write);
      DataFile list = old.finish();
      staging.publish(
          List.of(file),
          List.of(bad.finish()),
          replaced.isEmpty() ? List.of() : List.of(list),
          List.of(),
          List.of());
    }
  }
}
