package org.vectormill.udfs.deep.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.deep.training.Groups;
import org.vectormill.udfs.vectors.MatrixSpec;

final class KeptNetworksTest {
  private final List<String> closed = new ArrayList<>();
  private final IdleValues<String, String> values = new IdleValues<>(1, closed::add);
  private int made;

  private String make() {
    return "value " + ++made;
  }

  @Test
  void aValueThatWasGivenBackIsTakenAgain() {
    String first = values.take("a", this::make);
    values.give("a", first);
    assertEquals(first, values.take("a", this::make));
    assertEquals("value 2", values.take("a", this::make), "the first one is in use");
    assertEquals(List.of(), closed);
  }

  @Test
  void valuesOfAnotherKeyAreClosed() {
    String idle = values.take("a", this::make);
    String used = values.take("a", this::make);
    values.give("a", idle);
    values.take("b", this::make);
    assertEquals(List.of(idle), closed);
    values.give("a", used);
    assertEquals(List.of(idle, used), closed);
  }

  @Test
  void asManyKeysAreKeptAsAreAskedFor() {
    IdleValues<String, String> two = new IdleValues<>(2, closed::add);
    for (String key : List.of("a", "b", "a", "c")) {
      two.give(key, two.take(key, this::make));
    }
    assertEquals(3, made, "a was kept beside b");
    assertEquals(List.of("value 2"), closed, "b was asked for longest ago");
    two.closeAll();
    assertEquals(3, closed.size());
  }

  private static ClusterHead head(int seed) {
    Layer layer = Layer.initial(Groups.WIDTH, 3, false, new SplittableRandom(seed));
    return new ClusterHead(1, List.of(), layer);
  }

  @Test
  void keptNetworksSayTheSameAsNewOnes() {
    Rows rows = Groups.rows();
    for (ClusterHead weights : List.of(head(1), head(2), head(1))) {
      float[] expected = Codes.of(weights, rows, Groups.CPU);
      for (int task = 0; task < 2; task++) {
        try (RowEncoder encoder = KeptNetworks.encoder(weights, Groups.CPU);
            OpenNetwork network = KeptNetworks.open(weights, null, Groups.CPU)) {
          assertArrayEquals(expected, encoder.encode(rows));
          assertArrayEquals(expected, network.of(rows).probabilities());
        }
      }
    }
  }

  @Test
  void aNetworkIsKeptForTheNextTaskUnlessItFailed() {
    ClusterHead weights = head(3);
    Rows rows = Groups.rows();
    KeptNetworks.closeIdle();
    int before = TrainedArrays.opened();
    use(weights, rows);
    use(weights, rows);
    assertEquals(1, TrainedArrays.opened() - before);
    assertThrows(RuntimeException.class, () -> use(weights, new Rows(new float[7], 7)));
    use(weights, rows);
    assertEquals(2, TrainedArrays.opened() - before, "the one that failed is not used again");
    KeptNetworks.closeIdle();
    use(weights, rows);
    assertEquals(3, TrainedArrays.opened() - before);
  }

  /** PyTorch's number of threads is a setting of the thread that asks. */
  @Test
  void aKeptNetworkHasItsThreadsInEveryThread() throws Exception {
    MatrixSpec two = new MatrixSpec("cpu", 2);
    ClusterHead weights = head(4);
    KeptNetworks.encoder(weights, two).close();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      int threads =
          other
              .submit(
                  () -> {
                    Groups.CPU.setThreads();
                    try (RowEncoder encoder = KeptNetworks.encoder(weights, two)) {
                      return JniUtils.getNumThreads();
                    }
                  })
              .get();
      assertEquals(2, threads);
    } finally {
      other.shutdown();
    }
  }

  private static void use(ClusterHead weights, Rows rows) {
    try (RowEncoder encoder = KeptNetworks.encoder(weights, Groups.CPU)) {
      encoder.encode(rows);
    }
  }
}
