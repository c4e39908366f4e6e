package org.vectormill.jobs.clustering;

import org.vectormill.udfs.vectors.RowKey;

/**
 * Who gets which row: by a hash of its id, so neither sorted input nor the number of cores shows.
 *
 * @param owner of each row
 * @param counts rows of each worker
 */
record WorkerDeal(int[] owner, int[] counts) {
  static WorkerDeal of(long[] keys, int rows, int workers, long seed) {
    int[] owner = new int[rows];
    int[] counts = new int[workers];
    for (int i = 0; i < rows; i++) {
      owner[i] = (int) Long.remainderUnsigned(RowKey.random(seed, keys[i]), workers);
      counts[owner[i]]++;
    }
    return new WorkerDeal(owner, counts);
  }

  /** Numbers of a worker's rows, rising. */
  int[] rows(int worker) {
    int[] rows = new int[counts[worker]];
    int at = 0;
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] == worker) {
        rows[at++] = i;
      }
    }
    return rows;
  }
}
