package org.vectormill.jobs.clustering;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.jobs.embed.ItemImage;
import org.vectormill.jobs.runner.AtomicFile;
import org.vectormill.schemas.ClusterColumns;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.image.ContactSheet;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Images;
import org.vectormill.udfs.image.RgbImage;

/**
 * What tasks do for contact sheets: a small picture of each member, then a sheet of each cluster.
 *
 * @param directory of the sheets, absolute
 */
record SheetCells(Broadcast<SerializableConfiguration> conf, String directory)
    implements MapFunction<Row, Row>, MapGroupsFunction<Integer, Row, Row> {
  private static final Logger LOG = LoggerFactory.getLogger(SheetCells.class);
  private static final long serialVersionUID = 1L;
  private static final long MAX_PIXELS = 178_956_970;

  /** Places of a cell's columns: rows between two steps of a plan don't know their names. */
  static final int CLUSTER_AT = 0;

  private static final int ROW_AT = 1;
  private static final int COLUMN_AT = 2;
  private static final int WIDTH_AT = 3;
  private static final int PIXELS_AT = 4;

  /** A cell: pixels are null where there is no picture. */
  static final StructType CELL =
      new StructType()
          .add(ClusterColumns.CLUSTER, DataTypes.IntegerType, false)
          .add(SheetMembers.ROW, DataTypes.IntegerType, false)
          .add(SheetMembers.COLUMN, DataTypes.IntegerType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("pixels", DataTypes.BinaryType, true);

  /** What was written: the cluster, and how many of its cells have a picture. */
  static final StructType SHEET =
      new StructType()
          .add(ClusterColumns.CLUSTER, DataTypes.IntegerType, false)
          .add("pictures", DataTypes.LongType, false);

  /** A member with its item's columns as a {@link #CELL}. */
  @Override
  public Row call(Row member) {
    Optional<RgbImage> picture = picture(member);
    return RowFactory.create(
        member.<Integer>getAs(ClusterColumns.CLUSTER),
        member.<Integer>getAs(SheetMembers.ROW),
        member.<Integer>getAs(SheetMembers.COLUMN),
        picture.map(RgbImage::width).orElse(0),
        picture.map(RgbImage::pixels).orElse(null));
  }

  /** Empty where the image can't be read or decoded, whatever the reason: a sheet is no judge. */
  private Optional<RgbImage> picture(Row member) {
    String id = member.getAs(ClusterColumns.ID);
    try {
      Optional<byte[]> encoded = encoded(member);
      if (encoded.isEmpty()) {
        LOG.warn("contact sheet: image {} has changed since it was ingested", id);
        return Optional.empty();
      }
      return Optional.of(ContactSheet.fit(Images.decode(encoded.get(), MAX_PIXELS)));
    } catch (IOException | ImageRejectedException e) {
      LOG.warn("contact sheet: image {} can't be shown: {}", id, e.getMessage());
    } catch (OutOfMemoryError e) {
      LOG.warn("contact sheet: image {} can't be shown: out of memory while decoding it", id);
    }
    return Optional.empty();
  }

  private Optional<byte[]> encoded(Row member) throws IOException {
    byte[] inlined = member.getAs(ItemColumns.IMAGE);
    if (inlined != null) {
      return Optional.of(inlined);
    }
    return new ItemImage(
            member.getAs(ItemColumns.SOURCE),
            member.<Long>getAs(ItemColumns.SOURCE_SIZE),
            member.getAs(ItemColumns.CONTENT_HASH))
        .read(hadoop());
  }

  private Configuration hadoop() {
    return conf.value().value();
  }

  /** Writes the sheet of a cluster; a task that runs twice writes the same file twice. */
  @Override
  public Row call(Integer cluster, Iterator<Row> cells) {
    ContactSheet sheet = new ContactSheet(SheetMembers.COLUMNS, SheetMembers.ROWS);
    long pictures = 0;
    while (cells.hasNext()) {
      Row cell = cells.next();
      int row = cell.getInt(ROW_AT);
      int column = cell.getInt(COLUMN_AT);
      byte[] pixels = cell.isNullAt(PIXELS_AT) ? null : (byte[]) cell.get(PIXELS_AT);
      if (pixels == null) {
        sheet.blank(column, row);
      } else {
        int width = cell.getInt(WIDTH_AT);
        sheet.put(column, row, new RgbImage(width, pixels.length / 3 / width, pixels));
        pictures++;
      }
    }
    String uri = directory + "/" + ContactSheets.name(cluster);
    try {
      AtomicFile.write(uri, sheet.png(), hadoop());
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "contact sheet " + uri + " can't be written: " + e.getMessage(), e);
    }
    return RowFactory.create(cluster, pictures);
  }
}
