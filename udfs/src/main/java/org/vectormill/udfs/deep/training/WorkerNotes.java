package org.vectormill.udfs.deep.training;

import java.io.Serializable;

/**
 * What workers keep for themselves from one part of a training to the next, because it is as large
 * as their rows: each writes and reads its own, and nobody gathers them. A part that is done again
 * after a kill writes the same bytes again.
 */
public interface WorkerNotes extends Serializable {
  /**
   * @param part that will read the note
   */
  void keep(int part, int worker, byte[] note);

  /**
   * @param length of the note: one that a kill left shorter doesn't count
   * @throws org.vectormill.schemas.VectormillException ({@code RETRY}) where it isn't there
   */
  byte[] kept(int part, int worker, int length);

  /** Removes the notes for earlier parts than this one. */
  void forgetBefore(int part);
}
