package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of an {@code items} table: one row per text or image of a corpus. */
public final class ItemColumns {
  /** Unique and stable over runs: the caller's key, or a path below the corpus root. */
  public static final String ID = "id";

  public static final String SOURCE = "source";
  public static final String SOURCE_SIZE = "source_size";
  public static final String SOURCE_VERSION = "source_version";
  public static final String MODALITY = "modality";
  public static final String TEXT = "text";

  /** Encoded image bytes; null where the image stays in its source. */
  public static final String IMAGE = "image";

  /** SHA-256 of the text's UTF-8 bytes or the image's bytes, lower-case hex. */
  public static final String CONTENT_HASH = "content_hash";

  public static final String LABEL = "label";
  public static final String SPLIT = "split";
  public static final String ATTRIBUTES = "attributes";

  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType, false)
          .add(SOURCE, DataTypes.StringType, false)
          .add(SOURCE_SIZE, DataTypes.LongType, false)
          .add(SOURCE_VERSION, DataTypes.StringType, false)
          .add(MODALITY, DataTypes.StringType, false)
          .add(TEXT, DataTypes.StringType, true)
          .add(IMAGE, DataTypes.BinaryType, true)
          .add(CONTENT_HASH, DataTypes.StringType, false)
          .add(LABEL, DataTypes.StringType, true)
          .add(SPLIT, DataTypes.StringType, true)
          .add(
              ATTRIBUTES,
              DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
              false);

  private ItemColumns() {}
}
