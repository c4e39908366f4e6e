package org.vectormill.udfs.pool;

import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.VectormillException;

/** Which source a URI's scheme stands for. */
final class ModelSources {
  static ModelSource of(ModelUri uri, Configuration conf) {
    throw VectormillException.usage("encoder " + uri.shown() + ": scheme " + uri.scheme());
  }

  private ModelSources() {}
}
