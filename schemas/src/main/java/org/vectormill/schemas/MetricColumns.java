package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a {@code metrics} table: one row a figure. */
public final class MetricColumns {
  /** {@code metric/slice}, so that waves can replace rows as in every table. */
  public static final String ID = "id";

  /** What is measured. */
  public static final String METRIC = "metric";

  /**
   * Of which part, such as {@code cluster=3} or {@code pretrain=12}; {@code all} for everything.
   */
  public static final String SLICE = "slice";

  /** The figure. */
  public static final String VALUE = "value";

  /** Lower end of its confidence interval; null where none was asked for. */
  public static final String CI_LOW = "ci_low";

  /** Upper end of its confidence interval; null where none was asked for. */
  public static final String CI_HIGH = "ci_high";

  /** Of how many items it is. */
  public static final String N = "n";

  /** Facts that belong to it. */
  public static final String DETAIL = "detail";

  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType, false)
          .add(METRIC, DataTypes.StringType, false)
          .add(SLICE, DataTypes.StringType, false)
          .add(VALUE, DataTypes.DoubleType, false)
          .add(CI_LOW, DataTypes.DoubleType, true)
          .add(CI_HIGH, DataTypes.DoubleType, true)
          .add(N, DataTypes.LongType, false)
          .add(
              DETAIL,
              DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
              false);

  private MetricColumns() {}
}
