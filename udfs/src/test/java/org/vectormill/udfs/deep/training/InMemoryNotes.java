package org.vectormill.udfs.deep.training;

import java.util.Map;
import java.util.TreeMap;

/**
 * Notes of workers in this process.
 *
 * @param notes by part, then by worker
 */
public record InMemoryNotes(TreeMap<Integer, Map<Integer, byte[]>> notes) implements WorkerNotes {
  public InMemoryNotes() {
    this(new TreeMap<>());
  }

  @Override
  public void keep(int part, int worker, byte[] note) {
    notes.computeIfAbsent(part, none -> new TreeMap<>()).put(worker, note);
  }

  @Override
  public byte[] kept(int part, int worker, int length) {
    return notes.get(part).get(worker);
  }

  @Override
  public void forgetBefore(int part) {
    notes.headMap(part).clear();
  }
}
