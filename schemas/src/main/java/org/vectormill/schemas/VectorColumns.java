package org.vectormill.schemas;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Columns of a {@code vectors} table: one embedding per item and encoder. */
public final class VectorColumns {
  public static final String ID = "id";
  public static final String CONTENT_HASH = "content_hash";

  /** Fingerprint of the encoder and of every option that changes a vector. */
  public static final String ENCODER = "encoder";

  /** Fixed length over the table: the manifest's dimension. */
  public static final String VECTOR = "vector";

  /** Tokens that were encoded, special tokens included; null for images. */
  public static final String TOKENS = "tokens";

  /** Whether the text was longer than the encoder's maximum length. */
  public static final String TRUNCATED = "truncated";

  public static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.StringType, false)
          .add(CONTENT_HASH, DataTypes.StringType, false)
          .add(ENCODER, DataTypes.StringType, false)
          .add(VECTOR, DataTypes.createArrayType(DataTypes.FloatType, false), false)
          .add(TOKENS, DataTypes.IntegerType, true)
          .add(TRUNCATED, DataTypes.BooleanType, false);

  private VectorColumns() {}
}
