package org.vectormill.udfs.pool;

import org.apache.hadoop.conf.Configuration;

/** Which source a URI's scheme stands for: what is no scheme of ours is a Hadoop file system's. */
final class ModelSources {
  static ModelSource of(ModelUri uri, Configuration conf) {
    return switch (uri.scheme()) {
      case "http", "https" -> new HttpSource(uri, Downloads.of(conf));
      case "hf" -> HubSource.of(uri, Downloads.of(conf));
      case "djl" -> ZooSource.of(uri);
      default -> new HadoopSource(uri, conf);
    };
  }

  private ModelSources() {}
}
