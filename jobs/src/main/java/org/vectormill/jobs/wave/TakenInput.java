package org.vectormill.jobs.wave;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.vectormill.schemas.IdSetHash;

/**
 * What a run took from its input.
 *
 * @param read ids that the run had to take, known apart from the outputs where possible
 * @param inputWaves waves of input tables that are done with this run, as {@code uri#wave}
 * @param vanished ids (column {@code id}) that the input no longer has, whose rows the wave
 *     removes; ids without a current row are no harm
 */
public record TakenInput(
    IdSetHash read, List<String> inputWaves, Optional<Dataset<Row>> vanished) {}
