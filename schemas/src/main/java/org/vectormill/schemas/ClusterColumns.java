package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a {@code clusters} table: which cluster each item is in. */
public final class ClusterColumns {
  public static final String ID = "id";

  /** Number of the cluster, from 0: a row of the centroids of level 0. */
  public static final String CLUSTER = "cluster";

  /** Larger is nearer: cosine similarity, minus the Euclidean distance, or a probability. */
  public static final String SCORE = "score";

  /** Number of the next best cluster; null where there is only one. */
  public static final String SECOND_CLUSTER = "second_cluster";

  /** How much better the first cluster's score is than the second's, never below 0. */
  public static final String MARGIN = "margin";

  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType, false)
          .add(CLUSTER, DataTypes.IntegerType, false)
          .add(SCORE, DataTypes.FloatType, false)
          .add(SECOND_CLUSTER, DataTypes.IntegerType, true)
          .add(MARGIN, DataTypes.FloatType, true);

  private ClusterColumns() {}
}
