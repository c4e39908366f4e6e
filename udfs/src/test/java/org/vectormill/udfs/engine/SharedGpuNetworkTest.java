package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedGpuNetworkTest {
  private static final class Echo implements Network {
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    boolean closed;

    @Override
    public List<String> inputs() {
      return List.of("x");
    }

    @Override
    public NetworkOutput run(List<Tensor> inputs) {
      threads.add(Thread.currentThread());
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      float value = ((FloatBuffer) inputs.get(0).data()).get(0);
      inside.decrementAndGet();
      if (value < 0) {
        throw new IllegalStateException("negative");
      }
      return new NetworkOutput(new long[] {1, 1}, new float[] {value});
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static List<Tensor> input(float value) {
    FloatBuffer data = FloatBuffer.wrap(new float[] {value});
    return List.of(new Tensor("x", new long[] {1, 1}, data));
  }

  @Test
  void manyTasksShareOneThreadAndGetTheirOwnResults() throws Exception {
    Echo echo = new Echo();
    ExecutorService tasks = Executors.newFixedThreadPool(8);
    try (SharedGpuNetwork shared = new SharedGpuNetwork(echo, 2)) {
      List<Future<NetworkOutput>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        float value = i;
        results.add(tasks.submit(() -> shared.run(input(value))));
      }
      for (int i = 0; i < 200; i++) {
        assertEquals(i, results.get(i).get().values()[0]);
      }
    } finally {
      tasks.shutdownNow();
    }
    assertEquals(1, echo.threads.size());
    assertEquals(1, echo.most.get());
    assertTrue(echo.closed);
  }

  @Test
  void aFailureGoesToTheTaskWhoseBatchItWas() {
    try (SharedGpuNetwork shared = new SharedGpuNetwork(new Echo(), 2)) {
      IllegalStateException failure =
          assertThrows(IllegalStateException.class, () -> shared.run(input(-1)));
      assertEquals("negative", failure.getMessage());
      assertEquals(5, shared.run(input(5)).values()[0]);
    }
  }

  @Test
  void afterClosingNobodyWaits() {
    SharedGpuNetwork shared = new SharedGpuNetwork(new Echo(), 2);
    shared.close();
    assertThrows(IllegalStateException.class, () -> shared.run(input(1)));
    assertThrows(IllegalStateException.class, () -> shared.run(input(1)));
  }

  @Test
  void anInterruptedTaskStopsWaiting() throws Exception {
    try (SharedGpuNetwork shared = new SharedGpuNetwork(new Echo(), 2)) {
      ExecutorService task = Executors.newSingleThreadExecutor();
      Future<?> result =
          task.submit(
              () -> {
                Thread.currentThread().interrupt();
                shared.run(input(1));
              });
      ExecutionException failure = assertThrows(ExecutionException.class, result::get);
      assertTrue(failure.getCause().getMessage().contains("interrupted"));
      task.shutdownNow();
    }
  }
}
