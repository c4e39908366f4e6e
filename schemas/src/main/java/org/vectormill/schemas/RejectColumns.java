package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a {@code rejects} table: one row per item that a job could not take, and why. */
public final class RejectColumns {
  public static final String ID = "id";
  public static final String SOURCE = "source";
  public static final String CONTENT_HASH = "content_hash";

  /** The job that rejected the item: {@code ingest}, {@code embed}, … */
  public static final String STAGE = "stage";

  /** One of {@link RejectReason#code()}. */
  public static final String REASON = "reason";

  public static final String MESSAGE = "message";
  public static final String RUN_ID = "run_id";
  public static final String REJECTED_AT = "rejected_at";

  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType, false)
          .add(SOURCE, DataTypes.StringType, false)
          .add(CONTENT_HASH, DataTypes.StringType, true)
          .add(STAGE, DataTypes.StringType, false)
          .add(REASON, DataTypes.StringType, false)
          .add(MESSAGE, DataTypes.StringType, false)
          .add(RUN_ID, DataTypes.StringType, false)
          .add(REJECTED_AT, DataTypes.TimestampType, false);

  private RejectColumns() {}
}
