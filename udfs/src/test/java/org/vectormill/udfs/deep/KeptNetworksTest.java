package org.vectormill.udfs.deep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class KeptNetworksTest {
  private final List<String> closed = new ArrayList<>();
  private final IdleValues<String, String> values = new IdleValues<>(closed::add);
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
}
