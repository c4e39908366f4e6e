package org.vectormill.schemas;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.types.StructType;

/** The kinds of table; the lower-case name stands in the manifest. */
public enum TableKind {
  ITEMS(ItemColumns.SCHEMA),
  VECTORS(VectorColumns.SCHEMA),
  REJECTS(RejectColumns.SCHEMA),
  CLUSTERS(ClusterColumns.SCHEMA),
  CENTROIDS(CentroidColumns.SCHEMA),
  METRICS(MetricColumns.SCHEMA);

  private final StructType schema;

  TableKind(StructType schema) {
    this.schema = schema;
  }

  public StructType schema() {
    return schema;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static boolean isCode(String code) {
    return Arrays.stream(values()).anyMatch(kind -> kind.code().equals(code));
  }

  /**
   * The kind with this manifest code.
   *
   * @throws VectormillException ({@link Fault#INPUT}) where there is none
   */
  public static TableKind ofCode(String code) {
    for (TableKind kind : values()) {
      if (kind.code().equals(code)) {
        return kind;
      }
    }
    throw VectormillException.input("table kind " + code + " is not one that this version reads");
  }
}
