package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vectormill.jobs.SparkTest;
import org.vectormill.udfs.deep.network.Rows;
import org.vectormill.udfs.deep.training.InMemoryWorkers;
import org.vectormill.udfs.deep.training.Workers;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;

class SparkWorkersTest extends SparkTest {
  private static final int ROWS = 200;

  private static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private static BlockSet set() {
    float[] values = new float[ROWS];
    long[] keys = IntStream.range(0, ROWS).mapToLong(i -> i).toArray();
    return new BlockSet(
        context(),
        context().parallelize(List.of(new VectorBlock(1, values, keys))),
        Metric.L2,
        1,
        ROWS,
        ROWS,
        SumScale.of(ROWS, 10, 1000));
  }

  private static String tree(Workers<Rows> workers) {
    return workers.fold(
        "w",
        (worker, rows, name) -> name + worker,
        (left, right) -> "(" + left + " " + right + ")");
  }

  /** Whatever is folded within tasks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 13})
  void workersAreFoldedAsInOneProcess(int workers) {
    InMemoryWorkers<Rows> expected = InMemoryWorkers.deal(new Rows(new float[ROWS], 1), workers);
    try (SparkWorkers<Rows> dealt = SparkWorkers.deal(set(), workers, 5)) {
      assertEquals(tree(expected), tree(dealt));
    }
  }

  /** Local mode has one JVM, which trains one network at a time. */
  @Test
  void fewTasksFoldAndAllMake() {
    try (SparkWorkers<Rows> dealt = SparkWorkers.deal(set(), 8, 5);
        SparkWorkers<Integer> made =
            dealt.with(0, (worker, rows, none) -> TaskContext.getPartitionId())) {
      TreeSet<Integer> makers = new TreeSet<>();
      TreeSet<Integer> folders =
          made.fold(
              0,
              (worker, maker, none) -> new TreeSet<>(List.of(TaskContext.getPartitionId())),
              (left, right) -> {
                TreeSet<Integer> both = new TreeSet<>(left);
                both.addAll(right);
                return both;
              });
      made.each(0, (worker, maker, none) -> maker).forEach(makers::add);
      assertEquals(Math.min(2, context().defaultParallelism()), folders.size());
      assertEquals(8, makers.size());
    }
  }

  @Test
  void neighbouringPartsShareATask() {
    JavaRDD<Integer> parts = context().parallelize(IntStream.range(0, 11).boxed().toList(), 11);
    assertEquals(11, NeighbouringParts.of(11, 11).of(parts).getNumPartitions());
    JavaRDD<Integer> grouped = NeighbouringParts.of(11, 2).of(parts);
    assertEquals(
        List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9, 10)),
        grouped.glom().collect());
  }

  @Test
  void groupsArePowersOfTwo() {
    for (int parts = 1; parts < 40; parts++) {
      for (int tasks = 1; tasks < 10; tasks++) {
        int size = NeighbouringParts.of(parts, tasks).size();
        assertEquals(1, Integer.bitCount(size));
        assertTrue(size == 1 || size * tasks <= parts, parts + " parts, " + tasks + " tasks");
      }
    }
  }
}
