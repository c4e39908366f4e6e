package org.vectormill.udfs.deep.training;

import java.io.Serializable;
import java.util.List;
import org.vectormill.udfs.deep.network.Rows;

/**
 * What rows are by a network, looked at between the parts of its training. The last look's
 * probabilities stay with the workers: DEC's steps after it train on them, and the next look
 * compares with them. A training that goes on after a kill makes them again.
 *
 * @param <S> what the probabilities depend on; equal where its arrays are the same ones
 */
public final class Looks<S extends Serializable> implements AutoCloseable {
  private final Workers<Rows> workers;
  private final int k;
  private final Probabilities<S> probabilities;
  private S state;
  private Workers<float[]> kept;

  /** Probabilities of the clusters for a worker's rows, row-major. */
  public interface Probabilities<S> extends Serializable {
    float[] of(S state, Rows rows);
  }

  /**
   * @param k number of clusters
   */
  public Looks(Workers<Rows> workers, int k, Probabilities<S> probabilities) {
    this.workers = workers;
    this.k = k;
    this.probabilities = probabilities;
  }

  /**
   * Looks at all rows.
   *
   * @param before the state at the look before this one; null where this is the first
   */
  public Look look(S now, S before) {
    Workers<float[]> q = made(now);
    try {
      Look look = Look.sum(before == null ? looks(q) : looks(q, of(before)));
      keep(now, q);
      return look;
    } catch (RuntimeException | Error e) {
      q.close();
      throw e;
    }
  }

  private List<Look> looks(Workers<float[]> q) {
    return q.each(k, (worker, own, clusters) -> Look.of(own, null, clusters));
  }

  private List<Look> looks(Workers<float[]> q, Workers<float[]> before) {
    return q.beside(before)
        .each(k, (worker, both, clusters) -> Look.of(both.own(), both.other(), clusters));
  }

  /** Rows with their probabilities; at hand where the state was looked at last. */
  public Workers<Workers.Both<Rows, float[]>> rows(S now) {
    return workers.beside(of(now));
  }

  private Workers<float[]> of(S asked) {
    if (!asked.equals(state)) {
      keep(asked, made(asked));
    }
    return kept;
  }

  private Workers<float[]> made(S asked) {
    Probabilities<S> by = probabilities;
    return workers.with(asked, (worker, rows, given) -> by.of(given, rows));
  }

  private void keep(S now, Workers<float[]> q) {
    close();
    state = now;
    kept = q;
  }

  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      kept = null;
      state = null;
    }
  }
}
