package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a {@code centroids} table: one row a cluster and level. */
public final class CentroidColumns {
  /** {@code level/cluster}, so that waves can replace rows as in every table. */
  public static final String ID = "id";

  /** Number within its level, from 0. */
  public static final String CLUSTER = "cluster";

  /** Fixed length over the table: the manifest's dimension. */
  public static final String VECTOR = "vector";

  /** Items in it, those of all clusters below it where there are levels. */
  public static final String SIZE = "size";

  /** Distance of its furthest item: Euclidean, or 1 - cosine. */
  public static final String RADIUS = "radius";

  /** 0 for the clusters that items are in; each higher level clusters the centroids below it. */
  public static final String LEVEL = "level";

  /** The cluster of the next level that this one is in; null at the highest. */
  public static final String PARENT = "parent";

  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType, false)
          .add(CLUSTER, DataTypes.IntegerType, false)
          .add(VECTOR, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(SIZE, DataTypes.LongType, false)
          .add(RADIUS, DataTypes.FloatType, false)
          .add(LEVEL, DataTypes.IntegerType, false)
          .add(PARENT, DataTypes.IntegerType, true);

  private CentroidColumns() {}
}
