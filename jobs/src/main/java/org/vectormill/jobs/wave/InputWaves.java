package org.vectormill.jobs.wave;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.vectormill.schemas.DataFile;
import org.vectormill.schemas.ItemColumns;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.WaveCommit;

/**
 * Which waves of the items are done. A wave is named by its table, number, run and time, so that a
 * table that was deleted and made anew isn't taken for the old one.
 *
 * @param pending waves of the items that no run recorded, in order
 * @param unbroken whether wave by wave is enough: a recorded wave had all its rows taken, and none
 *     of the pending ones can hold a row that is done or replaced
 */
public record InputWaves(Table items, List<WaveCommit> pending, boolean unbroken) {

  /**
   * @param items table that is read
   * @param vectors table that is made of it; null where there is none yet
   */
  public static InputWaves of(Table items, Table vectors) {
    Set<String> recorded = new HashSet<>();
    boolean fresh = true;
    if (vectors != null) {
      recorded.addAll(vectors.doneInputWaves());
      fresh = vectors.waves().stream().allMatch(WaveCommit::withheld);
    }
    List<WaveCommit> pending =
        items.waves().stream().filter(wave -> !recorded.contains(name(items, wave))).toList();
    boolean known = items.waves().size() > pending.size();
    boolean replacing = pending.stream().skip(1).anyMatch(wave -> !items.hidden(wave).isEmpty());
    return new InputWaves(items, pending, (fresh || known) && !replacing);
  }

  private static String name(Table items, WaveCommit wave) {
    return items.uri() + "#" + wave.wave() + "@" + wave.runId() + "@" + wave.committedAt();
  }

  /** Names of the pending waves, as a commit records them. */
  public List<String> names() {
    return pending.stream().map(wave -> name(items, wave)).toList();
  }

  /**
   * Ids (column {@code id}) that pending waves took from the items and that have no row there now;
   * empty where none took any.
   */
  public Optional<Dataset<Row>> vanished(SparkSession spark) {
    List<DataFile> hidden = pending.stream().flatMap(wave -> items.hidden(wave).stream()).toList();
    if (hidden.isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> ids = TableFiles.rows(spark, hidden).select(ItemColumns.ID);
    return Optional.of(ids.except(items.current(spark).select(ItemColumns.ID)));
  }

  /** Current rows of the items: each replaced id stands for one row of an earlier wave. */
  public long currentRows() {
    return items.currentIds().count();
  }
}
