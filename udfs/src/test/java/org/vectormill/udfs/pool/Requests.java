package org.vectormill.udfs.pool;

import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.SpatialPooling;

/** A request with nothing asked for but what a test sets. */
final class Requests {
  static final RuntimeOptions CPU = new RuntimeOptions("cpu", 1024, 4, 1);

  Modality modality;
  EngineKind engine;
  Pooling pooling;
  String preprocessor;
  SpatialPooling spatial;
  double gemPower = 3;
  String output;
  Boolean normalise;
  int dimensions;
  Precision precision;
  boolean trust;
  private final String uri;

  private Requests(String uri) {
    this.uri = uri;
  }

  static Requests of(Object uri) {
    return new Requests(uri.toString());
  }

  EncoderRequest build() {
    return new EncoderRequest(
        uri,
        modality,
        engine,
        pooling,
        null,
        false,
        null,
        preprocessor,
        spatial,
        gemPower,
        1_000_000,
        output,
        normalise,
        dimensions,
        precision,
        trust);
  }
}
