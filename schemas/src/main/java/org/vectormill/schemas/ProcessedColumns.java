package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a wave's list of sources that its run took, kept below {@code _vectormill}. */
public final class ProcessedColumns {
  public static final StructType SCHEMA =
      new StructType()
          .add(ItemColumns.SOURCE, DataTypes.StringType, false)
          .add(ItemColumns.SOURCE_SIZE, DataTypes.LongType, false)
          .add(ItemColumns.SOURCE_VERSION, DataTypes.StringType, false);

  private ProcessedColumns() {}
}
