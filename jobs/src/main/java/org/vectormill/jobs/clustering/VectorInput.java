package org.vectormill.jobs.clustering;

import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Metric;

/** The table of vectors that is clustered. */
record VectorInput(Table table) {
  /**
   * @throws VectormillException ({@code INPUT}) where it is of another kind
   */
  static VectorInput open(Configuration conf, String uri) {
    Table table = Table.open(conf, uri);
    if (table.manifest().tableKind() != TableKind.VECTORS) {
      throw VectormillException.input(
          "--input "
              + uri
              + ": a table of kind "
              + table.manifest().kind()
              + ", cluster reads vectors; name a table that embed made"
              + (table.manifest().tableKind() == TableKind.ITEMS
                  ? ", or say which vectors to make of the items with --features tfidf or"
                      + " pixels:28x28:grey"
                  : ""));
    }
    return new VectorInput(table);
  }

  int dimension() {
    return table.manifest().dimension();
  }

  String encoder() {
    return table.manifest().encoderFingerprint();
  }

  Metric metric() {
    return "cosine".equals(table.manifest().metric()) ? Metric.COSINE : Metric.L2;
  }
}
