package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.ClusterSums;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.NearestCentroids;
import org.vectormill.udfs.vectors.PlusPlus;
import org.vectormill.udfs.vectors.RowKey;
import org.vectormill.udfs.vectors.RowSample;
import org.vectormill.udfs.vectors.SumScale;
import org.vectormill.udfs.vectors.VectorBlock;
import org.vectormill.udfs.vectors.WeightedRows;

/**
 * k-means|| (Bahmani, Moseley, Vattani, Kumar and Vassilvitskii 2012): in each of five rounds every
 * row becomes a candidate with a probability by its cost, about k a round; the candidates, weighted
 * by the rows nearest to them, are then thinned to k by k-means++. Only the newest candidates are
 * looked at in a round, so that all rounds together cost as much as five iterations.
 */
final class ParallelCentroids {
  private static final int ROUNDS = 5;

  private final BlockSet set;
  private final MatrixSpec matrices;

  ParallelCentroids(BlockSet set, MatrixSpec matrices) {
    this.set = set;
    this.matrices = matrices;
  }

  Centroids choose(int k, long seed) {
    List<WeightedRows.Row> candidates = new ArrayList<>(first(seed));
    List<WeightedRows.Row> newest = candidates;
    // The least cost of each row up to now, one array a block.
    JavaRDD<double[]> costs = set.blocks().map(ParallelCentroids::unknown);
    try {
      for (int round = 0; round < ROUNDS && !newest.isEmpty(); round++) {
        JavaRDD<double[]> before = costs;
        costs = lowered(before, newest);
        double total = totalOnce(costs, before);
        newest = total > 0 ? drawn(costs, k / total, seed + round + 1) : List.of();
        candidates.addAll(newest);
      }
    } finally {
      costs.unpersist(false);
    }
    return thinned(candidates, k, seed);
  }

  private List<WeightedRows.Row> first(long seed) {
    RowSample one = new RowSample(1, seed);
    BlockPass.run(
        set.blocks(),
        part -> {
          RowSample own = new RowSample(1, seed);
          part.forEachRemaining(own::offer);
          return own;
        },
        one::merge);
    return one.inRandomOrder();
  }

  private Centroids centroids(List<WeightedRows.Row> rows) {
    return new Centroids(
        set.metric(), set.dimension(), WeightedRows.of(set.dimension(), rows).values());
  }

  private static double[] unknown(VectorBlock block) {
    double[] costs = new double[block.rows()];
    Arrays.fill(costs, Double.POSITIVE_INFINITY);
    return costs;
  }

  private JavaRDD<double[]> lowered(JavaRDD<double[]> costs, List<WeightedRows.Row> newest) {
    Broadcast<Centroids> shared = set.context().broadcast(centroids(newest));
    MatrixSpec products = matrices;
    return set.blocks()
        .zipPartitions(costs, (blocks, known) -> lowered(blocks, known, shared.value(), products))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static Iterator<double[]> lowered(
      Iterator<VectorBlock> blocks,
      Iterator<double[]> known,
      Centroids newest,
      MatrixSpec matrices) {
    List<double[]> lowered = new ArrayList<>();
    try (NearestCentroids nearest = matrices.open(newest)) {
      while (blocks.hasNext()) {
        VectorBlock block = blocks.next();
        int[] clusters = nearest.nearest(block);
        double[] costs = known.next().clone();
        for (int i = 0; i < costs.length; i++) {
          costs[i] = Math.min(costs[i], newest.cost(clusters[i], block, i));
        }
        lowered.add(costs);
      }
    }
    return lowered.iterator();
  }

  /** With it the costs are there, so that those that they were made of can go. */
  private double totalOnce(JavaRDD<double[]> costs, JavaRDD<double[]> before) {
    try {
      return total(costs);
    } finally {
      before.unpersist(false);
    }
  }

  private double total(JavaRDD<double[]> costs) {
    SumScale scale = set.scale();
    AtomicLong total = new AtomicLong();
    BlockPass.run(
        costs,
        part -> {
          long sum = 0;
          while (part.hasNext()) {
            for (double cost : part.next()) {
              sum += Math.round(cost * scale.costs());
            }
          }
          return sum;
        },
        total::addAndGet);
    return total.get() / scale.costs();
  }

  /** Candidates of a round: about k rows. */
  private List<WeightedRows.Row> drawn(JavaRDD<double[]> costs, double factor, long seed) {
    List<WeightedRows.Row> drawn = new ArrayList<>();
    BlockPass.run(
        set.blocks()
            .zipPartitions(costs, (blocks, known) -> drawn(blocks, known, factor, seed).iterator()),
        part -> {
          List<WeightedRows.Row> own = new ArrayList<>();
          part.forEachRemaining(own::add);
          return own;
        },
        drawn::addAll);
    return drawn;
  }

  private static List<WeightedRows.Row> drawn(
      Iterator<VectorBlock> blocks, Iterator<double[]> known, double factor, long seed) {
    List<WeightedRows.Row> drawn = new ArrayList<>();
    while (blocks.hasNext()) {
      VectorBlock block = blocks.next();
      double[] costs = known.next();
      for (int i = 0; i < costs.length; i++) {
        if (RowKey.uniform(seed, block.keys()[i]) < factor * costs[i]) {
          drawn.add(new WeightedRows.Row(block.keys()[i], block.row(i)));
        }
      }
    }
    return drawn;
  }

  private Centroids thinned(List<WeightedRows.Row> candidates, int k, long seed) {
    WeightedRows rows = WeightedRows.of(set.dimension(), candidates);
    if (rows.rows() <= k) {
      // Few rows have any cost, so few were drawn; a sample has room for all that differ.
      return new FirstCentroids(set, matrices).choose(Initialisation.PLUS_PLUS, k, seed);
    }
    Centroids all = new Centroids(set.metric(), set.dimension(), rows.values());
    ClusterSums sums = SumPass.of(set, all, matrices, Optional.empty());
    double[] weights = new double[rows.rows()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = sums.count(i);
    }
    return PlusPlus.choose(set.metric(), rows.withWeights(weights), k, seed);
  }
}
