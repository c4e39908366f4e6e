package org.vectormill.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Says that a wave holds all that was current in the waves before it.
 *
 * @param through last of the waves whose files are no longer read; every wave up to it
 * @param retainSeconds how long after the commit their files stay for readers that hold an older
 *     list
 * @param purged count and order-free hash of the ids that were dropped for good; null where none
 *     were to be
 */
public record Compaction(
    @JsonProperty("through") int through,
    @JsonProperty("retain_seconds") long retainSeconds,
    @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("purged") IdSetHash purged) {
  /** A compaction that drops no id for good. */
  public Compaction(int through, long retainSeconds) {
    this(through, retainSeconds, null);
  }
}
