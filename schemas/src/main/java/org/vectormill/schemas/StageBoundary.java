package org.vectormill.schemas;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The moments between which a run may be ended without harm. A failure test ends the process at
 * each of them, without shutdown hooks, by the system property {@code vectormill.test.halt-at=NAME}
 * or {@code NAME:N} for the N-th time; without the property, {@link #pass} is one comparison.
 */
public enum StageBoundary {
  /** The output table is there, perhaps empty. */
  TABLE_CREATED,
  /** The staging directory is there. */
  STAGING_OPENED,
  /** A task begins a unit. */
  UNIT_STARTED,
  /** A unit's files are complete, its checkpoint is not there. */
  UNIT_WRITTEN,
  /** A unit's checkpoint is there. */
  UNIT_KEPT,
  /** Every unit is done. */
  UNITS_DONE,
  /** Rows and rejects were counted against the input. */
  ROWS_VERIFIED,
  /** The replaced ids are known and staged. */
  REPLACED_STAGED,
  /** What is to be published is written down. */
  INTENT_WRITTEN,
  /** One more file is in its final place. */
  FILE_PLACED,
  /** Every file is in its final place. */
  FILES_PLACED,
  /** The commit file is there. */
  COMMITTED,
  /** The staging directory is gone. */
  STAGING_REMOVED;

  /** Exit code of a process that was ended here: as by a kill signal. */
  public static final int HALTED = 137;

  private static final String HALT_AT = System.getProperty("vectormill.test.halt-at");
  private static final AtomicInteger PASSED = new AtomicInteger();

  /** Ends the process where a test asked for it. */
  public void pass() {
    if (HALT_AT != null) {
      haltIfAsked();
    }
  }

  private void haltIfAsked() {
    String[] asked = HALT_AT.split(":", 2);
    if (asked[0].equals(name())
        && PASSED.incrementAndGet() == (asked.length == 1 ? 1 : Integer.parseInt(asked[1]))) {
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
