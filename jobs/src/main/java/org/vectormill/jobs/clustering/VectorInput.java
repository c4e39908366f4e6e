package org.vectormill.jobs.clustering;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.builtin.PixelsEncoder;
import org.vectormill.udfs.deep.network.ImageShape;
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

  /**
   * Shape of the images whose pixels the vectors are.
   *
   * @param algorithm that needs it, for the message
   * @throws VectormillException ({@code USAGE}) where they are no pixels
   */
  ImageShape image(String algorithm) {
    JsonNode encoder = table.manifest().encoder();
    String uri = encoder == null ? "none" : encoder.path("uri").asText();
    PixelsEncoder.Shape shape =
        PixelsEncoder.Shape.of(uri)
            .orElseThrow(
                () ->
                    VectormillException.usage(
                        "--algorithm "
                            + algorithm
                            + " reads pixels, the vectors of "
                            + table.uri()
                            + " are of encoder "
                            + uri
                            + "; make them with --features pixels:28x28:grey or embed --encoder"
                            + " builtin:pixels:28x28:grey"));
    return new ImageShape(shape.grey() ? 1 : 3, shape.height(), shape.width());
  }
}
