package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class LoadOnceTest {
  @Test
  void manyThreadsLoadOnce() throws Exception {
    LoadOnce<String, Object> values = new LoadOnce<>();
    CountDownLatch all = new CountDownLatch(8);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Object>> got = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      got.add(
          threads.submit(
              () -> {
                all.countDown();
                all.await();
                return values.get("k", Object::new);
              }));
    }
    Object first = got.get(0).get();
    for (Future<Object> value : got) {
      assertSame(first, value.get());
    }
    threads.shutdownNow();
    assertEquals(1, values.loads());
  }

  @Test
  void aFailureIsNotKept() {
    LoadOnce<String, String> values = new LoadOnce<>();
    IllegalStateException failure =
        assertThrows(
            IllegalStateException.class,
            () ->
                values.get(
                    "k",
                    () -> {
                      throw new IllegalStateException("no");
                    }));
    assertEquals("no", failure.getMessage());
    assertEquals("yes", values.get("k", () -> "yes"));
    assertEquals(1, values.loads());
  }

  @Test
  void whatIsTakenOutIsLoadedAgain() {
    LoadOnce<String, String> values = new LoadOnce<>();
    values.get("k", () -> "a");
    assertEquals(List.of("a"), values.takeAll());
    assertEquals(List.of(), values.takeAll());
    assertEquals("b", values.get("k", () -> "b"));
    assertEquals(2, values.loads());
  }
}
