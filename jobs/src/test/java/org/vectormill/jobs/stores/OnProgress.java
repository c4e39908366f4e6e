package org.vectormill.jobs.stores;

import org.vectormill.jobs.runner.RunContext;

/** Does something at a defined moment of a run: when its units start, or when some are done. */
final class OnProgress implements RunContext.Progress {
  private static final long serialVersionUID = 1L;

  private final transient Runnable atStart;
  private final transient Runnable atFirstUnit;
  private transient boolean advanced;

  private OnProgress(Runnable atStart, Runnable atFirstUnit) {
    this.atStart = atStart;
    this.atFirstUnit = atFirstUnit;
  }

  static OnProgress nothing() {
    return new OnProgress(() -> {}, () -> {});
  }

  /** The run is planned and its staging open; no unit has begun. */
  static OnProgress start(Runnable action) {
    return new OnProgress(action, () -> {});
  }

  /** At least one unit is done. */
  static OnProgress firstUnit(Runnable action) {
    return new OnProgress(() -> {}, action);
  }

  @Override
  public void start(String stage, long total, String what) {
    atStart.run();
  }

  @Override
  public void advance(long done) {
    if (!advanced) {
      advanced = true;
      atFirstUnit.run();
    }
  }

  @Override
  public void close() {}
}
