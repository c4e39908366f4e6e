package org.vectormill.schemas;

import java.util.List;

/**
 * One run's staged files. Tasks write at unique names below {@link #directory()}; {@link #publish}
 * moves the listed ones into {@code wave=NNNNN} and decides by the exclusive creation of the commit
 * file. Files that no task result lists (of failed or speculative attempts) are dropped.
 */
public final class Staging {
  /** URI of the staging directory, for tasks. */
  public String directory() {
    throw new UnsupportedOperationException();
  }

  /** A new unique file URI below {@code directory}; safe in any task attempt. */
  public static String newFile(String directory, String prefix) {
    return directory + "/" + prefix + "-" + java.util.UUID.randomUUID() + ".parquet";
  }

  /**
   * Publishes the staged files as the next wave and removes the staging directory.
   *
   * @throws VectormillException ({@link Fault#RETRY}) where another run published that wave first;
   *     the table is unchanged
   */
  public WaveCommit publish(
      List<DataFile> files,
      List<DataFile> rejectFiles,
      List<DataFile> replaced,
      List<DataFile> processed,
      List<String> inputWaves) {
    throw new UnsupportedOperationException();
  }

  /** Removes the staging directory; nothing is published. */
  public void discard() {
    throw new UnsupportedOperationException();
  }

  private Staging() {}
}
