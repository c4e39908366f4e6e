package org.vectormill.jobs.stores;

import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** A store that tests write tables to. */
interface TestStore extends AutoCloseable {
  /** URI of a directory of this store that no one has used. */
  String uri(String name);

  /** Hadoop's settings that reach it. */
  Map<String, String> settings();

  default Configuration conf() {
    Configuration conf = new Configuration();
    settings().forEach(conf::set);
    return conf;
  }

  /** The settings as options of a command. */
  default List<String> options() {
    return settings().entrySet().stream()
        .flatMap(
            setting ->
                List.of("--conf", "spark.hadoop." + setting.getKey() + "=" + setting.getValue())
                    .stream())
        .toList();
  }

  @Override
  void close();
}
