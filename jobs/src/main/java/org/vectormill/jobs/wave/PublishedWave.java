package org.vectormill.jobs.wave;

import java.util.Map;
import java.util.Optional;
import org.vectormill.schemas.WaveCommit;

/**
 * The end of a run.
 *
 * @param commit empty where there was nothing to publish
 * @param written rows published
 * @param rejected rejects published
 * @param rejectsByReason by reason code
 */
public record PublishedWave(
    Optional<WaveCommit> commit, long written, long rejected, Map<String, Long> rejectsByReason) {}
