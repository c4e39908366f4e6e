package org.vectormill.jobs.wave;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.IdSetHash;
import org.vectormill.schemas.Staging;
import org.vectormill.schemas.Table;

/** Turns staged files into a published wave. */
public final class WaveFinish {
  /**
   * Reads the ids back from the staged files, checks that rows and rejects together are what was
   * read, applies the reject gate, finds the ids that the wave replaces, and publishes.
   *
   * @throws org.vectormill.schemas.VectormillException {@code BUG} where a row is lost or doubled,
   *     {@code QUALITY} where the gate fails (rejects are published, rows are not)
   */
  public static PublishedWave publish(
      SparkSession spark,
      Table table,
      Staging staging,
      RunContext context,
      List<TaskOutput> outputs,
      IdSetHash read,
      List<String> inputWaves) {
    throw new UnsupportedOperationException();
  }

  private WaveFinish() {}
}
