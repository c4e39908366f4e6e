package org.vectormill.udfs.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Samples, batches, first centroids and pairs of blocks. */
class ChoosingRowsTest {
  private static Set<Long> keys(RowSample sample) {
    Set<Long> keys = new TreeSet<>();
    sample.inRandomOrder().forEach(row -> keys.add(row.key()));
    return keys;
  }

  @Test
  void samplesTheSameRowsHoweverTheyAreCut() {
    List<VectorBlock> blocks = new ArrayList<>(Blocks.normal(3000, 3, 500, 1));
    RowSample whole = new RowSample(100, 9);
    blocks.forEach(whole::offer);
    List<VectorBlock> cut = new ArrayList<>(Blocks.normal(3000, 3, 70, 1));
    Collections.shuffle(cut, new Random(4));
    RowSample left = new RowSample(100, 9);
    RowSample right = new RowSample(100, 9);
    for (int i = 0; i < cut.size(); i++) {
      (i % 3 == 0 ? left : right).offer(cut.get(i));
    }
    assertEquals(100, keys(whole).size());
    assertEquals(keys(whole), keys(left.merge(right)));
    RowSample other = new RowSample(100, 10);
    blocks.forEach(other::offer);
    assertTrue(keys(other).size() == 100 && !keys(other).equals(keys(whole)));
  }

  @Test
  void samplesOfPartsHoldTogetherNoMoreThanAShareOfAllRows() {
    RowSample whole = new RowSample(500, 9);
    Blocks.normal(6000, 3, 500, 1).forEach(whole::offer);
    RowSample merged = new RowSample(500, 9, 0.1);
    int held = 0;
    for (VectorBlock block : Blocks.normal(6000, 3, 500, 1)) {
      RowSample part = new RowSample(500, 9, 0.1);
      part.offer(block);
      held += part.size();
      merged.merge(part);
    }
    // 600 expected, standard deviation 23; without a share all 6,000.
    assertEquals(600, held, 100);
    assertTrue(merged.full());
    assertEquals(whole.inRandomOrder().size(), merged.inRandomOrder().size());
    assertEquals(keys(whole), keys(merged));
  }

  @Test
  void aSampleOfTooSmallAShareIsNotFull() {
    RowSample few = new RowSample(500, 9, 0.05);
    Blocks.normal(6000, 3, 500, 1).forEach(few::offer);
    assertEquals(300, few.size(), 70);
    assertTrue(!few.full());
  }

  @Test
  void samplesEvenly() {
    long[] hits = new long[4];
    for (int seed = 0; seed < 200; seed++) {
      RowSample sample = new RowSample(50, seed);
      Blocks.normal(1000, 1, 250, 2).forEach(sample::offer);
      keys(sample).forEach(key -> hits[(int) (key / 250)]++);
    }
    for (long hit : hits) {
      // 2,500 expected, standard deviation 43.
      assertEquals(2500, hit, 220);
    }
  }

  @Test
  void drawsMixedBatchesOfAboutTheirShare() {
    BlockBatch batch = new BlockBatch(0.1, 3);
    assertEquals(256, batch.shape());
    int rows = 0;
    for (VectorBlock block : Blocks.normal(10_240, 2, VectorBlock.ROWS, 5)) {
      int own = 0;
      for (VectorBlock part : batch.of(block)) {
        assertTrue(part.rows() <= batch.shape());
        own += part.rows();
      }
      assertTrue(own > 50 && own < 160, "rows of one block: " + own);
      rows += own;
    }
    assertEquals(1024, rows, 120);
    assertEquals(VectorBlock.ROWS, new BlockBatch(1, 0).shape());
  }

  @Test
  void choosesOneRowOfEachFarGroup() {
    for (int seed = 0; seed < 20; seed++) {
      List<WeightedRows.Row> rows = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        float group = i % 6;
        rows.add(new WeightedRows.Row(i, new float[] {group * 1000 + i / 6, -group * 500}));
      }
      Centroids chosen = PlusPlus.choose(Metric.L2, WeightedRows.of(2, rows), 6, seed);
      Set<Integer> groups = new HashSet<>();
      for (int c = 0; c < 6; c++) {
        groups.add(Math.round(chosen.values()[2 * c] / 1000));
      }
      assertEquals(6, groups.size());
    }
  }

  @Test
  void neverChoosesRowsWithoutWeight() {
    List<WeightedRows.Row> rows = new ArrayList<>();
    double[] weights = new double[40];
    for (int i = 0; i < 40; i++) {
      rows.add(new WeightedRows.Row(i, new float[] {i}));
      weights[i] = i < 20 ? 0 : 1;
    }
    WeightedRows weighted = WeightedRows.of(1, rows).withWeights(weights);
    for (float value : PlusPlus.choose(Metric.L2, weighted, 10, 1).values()) {
      assertTrue(value >= 20, "chosen " + value);
    }
  }

  @Test
  void ordersRowsByKeyWhereverTheyCameFrom() {
    WeightedRows.Row a = new WeightedRows.Row(5, new float[] {1});
    WeightedRows.Row b = new WeightedRows.Row(-3, new float[] {2});
    WeightedRows.Row c = new WeightedRows.Row(5, new float[] {0});
    assertArrayEquals(new float[] {2, 0, 1}, WeightedRows.of(1, List.of(a, b, c)).values());
    assertArrayEquals(new float[] {2, 0, 1}, WeightedRows.of(1, List.of(c, b, a)).values());
  }

  @Test
  void meetsEachPairOfGroupsOnce() {
    for (int groups = 0; groups < 40; groups++) {
      List<BlockPairs.Pair> pairs = BlockPairs.of(groups);
      assertEquals(groups * (groups + 1) / 2, pairs.size());
      assertEquals(pairs.size(), new HashSet<>(pairs).size());
      assertTrue(pairs.stream().allMatch(pair -> pair.left() <= pair.right()));
    }
  }
}
