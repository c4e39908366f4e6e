package org.vectormill.udfs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
  private static JsonNode golden(String name) throws IOException {
    try (InputStream in = AgreementTest.class.getResourceAsStream("/clustering/goldens.json")) {
      return new ObjectMapper().readTree(in).get(name);
    }
  }

  private static long[][] counts(JsonNode golden) {
    int labels = 0;
    int clusters = 0;
    for (int i = 0; i < golden.get("labels").size(); i++) {
      labels = Math.max(labels, golden.get("labels").get(i).asInt() + 1);
      clusters = Math.max(clusters, golden.get("clusters").get(i).asInt() + 1);
    }
    long[][] counts = new long[labels][clusters];
    for (int i = 0; i < golden.get("labels").size(); i++) {
      counts[golden.get("labels").get(i).asInt()][golden.get("clusters").get(i).asInt()]++;
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"agreement", "coarse_agreement"})
  void agreesWithScikitLearn(String name) throws IOException {
    JsonNode golden = golden(name);
    Agreement agreement = Agreement.of(counts(golden));
    assertEquals(golden.get("labels").size(), agreement.items());
    assertEquals(golden.get("accuracy").asDouble(), agreement.accuracy().getAsDouble(), 1e-12);
    assertEquals(golden.get("nmi").asDouble(), agreement.nmi(), 1e-12);
    assertEquals(golden.get("ari").asDouble(), agreement.ari(), 1e-12);
  }

  @Test
  void isOneForTheSameGroupsUnderOtherNames() {
    Agreement agreement = Agreement.of(new long[][] {{0, 7, 0}, {0, 0, 3}, {5, 0, 0}});
    assertEquals(1, agreement.accuracy().getAsDouble());
    assertEquals(1, agreement.nmi(), 1e-12);
    assertEquals(1, agreement.ari(), 1e-12);
  }

  @Test
  void isNothingForOneClusterOfAll() {
    Agreement agreement = Agreement.of(new long[][] {{4}, {4}, {2}});
    assertEquals(0.4, agreement.accuracy().getAsDouble(), 1e-12);
    assertEquals(0, agreement.nmi(), 1e-12);
    assertEquals(0, agreement.ari(), 1e-12);
  }

  @Test
  void leavesOutTheMatchingOfVeryManyGroups() {
    assertTrue(Agreement.of(filled(Agreement.MAX_MATCHED + 1)).accuracy().isEmpty());
  }

  @Test
  void sizesAloneSayTheSame() throws IOException {
    long[][] counts = counts(golden("coarse_agreement"));
    Agreement agreement = Agreement.of(counts);
    long[] byCluster = new long[counts[0].length];
    for (long[] row : counts) {
      Arrays.setAll(byCluster, j -> byCluster[j] + row[j]);
    }
    long[] byLabel = Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    Agreement bySizes =
        Agreement.of(GroupSizes.of(counts), GroupSizes.of(byLabel), GroupSizes.of(byCluster));
    assertEquals(agreement.nmi(), bySizes.nmi());
    assertEquals(agreement.ari(), bySizes.ari());
    assertEquals(byCluster.length, GroupSizes.of(byCluster).count());
    assertTrue(bySizes.accuracy().isEmpty());
  }

  private static long[][] filled(int clusters) {
    return new long[][] {IntStream.range(0, clusters).mapToLong(i -> 1).toArray()};
  }

  @Test
  void findsTheLeastCostThatTryingAllFinds() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      int rows = 1 + random.nextInt(5);
      int columns = rows + random.nextInt(3);
      double[][] costs = new double[rows][columns];
      for (double[] row : costs) {
        for (int j = 0; j < columns; j++) {
          row[j] = random.nextInt(10) - 3;
        }
      }
      int[] columnOf = LinearAssignment.least(costs);
      double cost = 0;
      for (int i = 0; i < rows; i++) {
        cost += costs[i][columnOf[i]];
      }
      assertEquals(rows, IntStream.of(columnOf).distinct().count());
      assertEquals(least(costs, 0, new boolean[columns]), cost, 1e-9);
    }
  }

  private static double least(double[][] costs, int row, boolean[] used) {
    if (row == costs.length) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < used.length; j++) {
      if (!used[j]) {
        used[j] = true;
        least = Math.min(least, costs[row][j] + least(costs, row + 1, used));
        used[j] = false;
      }
    }
    return least;
  }
}
