package org.vectormill.jobs.clean;

import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.vectormill.jobs.runner.Job;
import org.vectormill.jobs.runner.RunContext;
import org.vectormill.schemas.Leftover;
import org.vectormill.schemas.Leftovers;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.VectormillException;
import org.vectormill.schemas.WaveCommit;

/** Removes a table's leftovers, on the driver: there is a directory to list and nothing to read. */
public final class CleanJob implements Job<CleanOptions> {
  @Override
  public CleanResult run(SparkSession spark, CleanOptions options, RunContext context) {
    Configuration conf = spark.sessionState().newHadoopConf();
    Table table = open(conf, options.table());
    if (context.dryRun()) {
      // The store's own clock would take a file to read.
      Leftovers leftovers = Leftovers.at(table, options.olderThan(), Instant.now());
      return CleanResult.planned(table.uri(), leftovers.list(), leftovers.interrupted());
    }
    List<WaveCommit> settled = Leftovers.of(table, options.olderThan()).settleInterrupted();
    Leftovers leftovers = Leftovers.of(open(conf, options.table()), options.olderThan());
    List<Leftover> found = leftovers.list();
    context.progress().start("clean", found.size(), "files");
    for (Leftover leftover : found) {
      leftovers.remove(leftover);
      context.progress().advance(1);
    }
    return CleanResult.removed(table.uri(), found, settled);
  }

  private static Table open(Configuration conf, String uri) {
    Table table = Table.open(conf, uri);
    if (table.manifest().tableKind() == TableKind.REJECTS) {
      throw VectormillException.input(
          uri + ": the rejects of a table are cleaned with it; name the table above");
    }
    return table;
  }
}
