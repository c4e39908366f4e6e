package org.vectormill.jobs.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.StagingPlaces;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFileWriter;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.WaveContent;
import org.vectormill.udfs.ContentHash;

/** Writes tables of items for tests, a wave at a time. */
public final class ItemTables {
  private final Configuration conf;
  private final String uri;
  private final RowGroupSize rowGroups;

  /**
   * @param rowsPerGroup most rows of a row group
   */
  ItemTables(String uri, int rowsPerGroup) {
    this(new Configuration(), uri, rowsPerGroup);
  }

  /**
   * @param rowsPerGroup most rows of a row group
   */
  public ItemTables(Configuration conf, String uri, int rowsPerGroup) {
    this.conf = conf;
    this.uri = uri;
    this.rowGroups = new RowGroupSize(32L << 20, rowsPerGroup);
  }

  public static ItemRow text(String id, String text) {
    return text(id, text, null, null, Map.of());
  }

  public static ItemRow text(
      String id, String text, String label, String split, Map<String, String> attributes) {
    String hash = ContentHash.of(text);
    return new ItemRow(
        id, "memory:" + id, 1, "1", "text", text, null, hash, label, split, attributes);
  }

  public static ItemRow image(String id, byte[] image) {
    String hash = ContentHash.of(image);
    return new ItemRow(
        id, "memory:" + id, image.length, "1", "image", null, image, hash, null, null, Map.of());
  }

  /** {@code text#0}, {@code text#1}, … */
  public static List<ItemRow> texts(int from, int to) {
    List<ItemRow> items = new ArrayList<>();
    for (int i = from; i < to; i++) {
      items.add(text("text#" + i, "sentence number " + i + " of the corpus"));
    }
    return items;
  }

  /** {@code image#0}, {@code image#1}, …, all the same picture. */
  public static List<ItemRow> images(int count) {
    List<ItemRow> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(image("image#" + i, png()));
    }
    return items;
  }

  /** Publishes one wave of one file, in which {@code replaced} hide rows of earlier waves. */
  public Table wave(List<ItemRow> items, String... replaced) {
    Table table =
        Table.openOrCreate(
            conf,
            uri,
            new TableManifest(
                "items", 1, null, null, null, null, null, List.of("in"), Map.of(), "0.1.0"));
    Staging staging = table.stage("ingest", "ingest-" + (table.waves().size() + 1));
    DataFile file;
    try (TableFileWriter<ItemRow> writer =
        TableFiles.writeItems(
            conf,
            StagingPlaces.newFile(staging.places().data(), "part"),
            table.footer(),
            rowGroups)) {
      items.forEach(writer::write);
      file = writer.finish();
    }
    List<DataFile> ids = replaced.length == 0 ? List.of() : List.of(ids(staging, table, replaced));
    staging.publish(List.of(file), List.of(), ids, List.of(), List.of("corpus"));
    return Table.open(conf, uri);
  }

  /** Publishes one wave that removes rows. */
  Table remove(String... removed) {
    Table table = Table.open(conf, uri);
    Staging staging = table.stage("ingest", "ingest-" + (table.lastWave() + 1));
    staging.publish(
        WaveContent.empty().withHidden(List.of(), List.of(ids(staging, table, removed))));
    return Table.open(conf, uri);
  }

  /** A picture of 16 x 16 pixels. */
  static byte[] png() {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    java.awt.image.BufferedImage image =
        new java.awt.image.BufferedImage(16, 16, java.awt.image.BufferedImage.TYPE_INT_RGB);
    image.setRGB(3, 4, 0xff8800);
    try {
      javax.imageio.ImageIO.write(image, "png", bytes);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private DataFile ids(Staging staging, Table table, String... ids) {
    try (TableFileWriter<String> writer =
        TableFiles.writeIds(
            conf, StagingPlaces.newFile(staging.places().data(), "replaced"), table.footer())) {
      List.of(ids).forEach(writer::write);
      return writer.finish();
    }
  }
}
