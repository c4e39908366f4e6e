package org.vectormill.udfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class RowWorkersTest {
  @Test
  void runsEachRowOnceOnAtMostItsThreads() {
    for (int threads : new int[] {1, 2, 5}) {
      for (int n : new int[] {0, 1, 63, 64, 65, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(n);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        try (RowWorkers workers = new RowWorkers("test", threads)) {
          workers.run(
              n,
              (from, to) -> {
                seen.add(Thread.currentThread());
                for (int i = from; i < to; i++) {
                  runs.incrementAndGet(i);
                }
              });
        }
        for (int i = 0; i < n; i++) {
          assertEquals(1, runs.get(i), "row " + i + " of " + n);
        }
        assertTrue(seen.size() <= threads, seen.size() + " threads");
      }
    }
  }

  @Test
  void throwsWhatAChunkThrew() {
    for (int threads : new int[] {1, 3}) {
      try (RowWorkers workers = new RowWorkers("test", threads)) {
        RuntimeException e =
            assertThrows(
                IllegalStateException.class,
                () ->
                    workers.run(
                        1000,
                        (from, to) -> {
                          throw new IllegalStateException("row " + from);
                        }));
        assertTrue(e.getMessage().startsWith("row "));
      }
    }
  }

  @Test
  void refusesToWorkWithoutAThread() {
    assertThrows(IllegalArgumentException.class, () -> new RowWorkers("test", 0));
  }
}
