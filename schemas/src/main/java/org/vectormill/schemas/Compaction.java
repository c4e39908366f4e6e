package org.vectormill.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Says that a wave holds all that was current in the waves before it.
 *
 * @param through last of the waves whose files are no longer read; every wave up to it
 * @param retainSeconds how long after the commit their files stay for readers that hold an older
 *     list
 */
public record Compaction(
    @JsonProperty("through") int through, @JsonProperty("retain_seconds") long retainSeconds) {}
