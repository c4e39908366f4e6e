package org.vectormill.jobs.clustering;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.agreement.Agreement;
import org.vectormill.udfs.agreement.LinearAssignment;
import org.vectormill.udfs.deep.network.ClusterNetwork;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.VectorBlock;
import scala.Tuple2;

/**
 * Gives new clusters the numbers of the earlier ones that they have most rows in common with: of
 * all one-to-one matchings the one with most rows in matched pairs (Kuhn's Hungarian method).
 */
final class KeptNumbers {
  private final ClusterModel earlier;
  private final MatrixSpec matrices;

  KeptNumbers(ClusterModel earlier, MatrixSpec matrices) {
    this.earlier = earlier;
    this.matrices = matrices;
  }

  /**
   * @param uri of the earlier model, for messages
   * @throws VectormillException ({@code USAGE}) where the two can't be compared
   */
  static void requireFits(ClusterModel earlier, VectorInput input, int k, String uri) {
    int most = Agreement.MAX_MATCHED;
    if (earlier.centroids().count() > most || k > most) {
      throw VectormillException.usage(
          "--keep-numbers matches at most %,d clusters, %,d are in %s and %,d are asked for; leave it out"
              .formatted(most, earlier.centroids().count(), uri, k));
    }
    if (earlier.dimension() != input.dimension() || !earlier.encoder().equals(input.encoder())) {
      throw VectormillException.usage(
          "--keep-numbers: %s is of vectors of dimension %d and encoder %s, the input has %d and %s; leave it out, or name another --output"
              .formatted(
                  uri, earlier.dimension(), earlier.encoder(), input.dimension(), input.encoder()));
    }
  }

  /**
   * Rows are packed once, for the metric of the new clusters: scaled to unit length for the cosine,
   * as they are otherwise. The earlier model is to see them as it was made, which both ways are
   * where vectors are of unit length.
   *
   * @param uri of the earlier model, for messages
   * @throws VectormillException ({@code USAGE}) where it would see others
   */
  static void requireComparable(ClusterModel earlier, VectorInput input, Metric now, String uri) {
    Metric before = earlier.centroids().metric();
    if (before != now && input.metric() != Metric.COSINE) {
      throw VectormillException.usage(
          "--keep-numbers: %s is of metric %s, this run is of %s, and vectors of %s are not of unit length, so the two are of other rows; leave it out, or keep the metric"
              .formatted(uri, before.code(), now.code(), input.table().uri()));
    }
  }

  /**
   * The same clusters in another order; {@code same_number} is the share of rows that keep theirs.
   */
  FoundClusters in(BlockSet set, FoundClusters found) {
    long[][] together = together(set, found);
    int[] order = order(together);
    long same = 0;
    for (int number = 0; number < Math.min(order.length, together[0].length); number++) {
      same += together[order[number]][number];
    }
    Map<String, Object> details = new LinkedHashMap<>(found.details());
    details.put("same_number", (double) same / Math.max(1, set.rows()));
    return reordered(found, order, details);
  }

  /** Rows of each new cluster (first index) in each earlier one. */
  private long[][] together(BlockSet set, FoundClusters found) {
    long[][] together = new long[found.centroids().count()][earlier.centroids().count()];
    Broadcast<Clusters> now =
        set.context().broadcast(new Clusters(found.centroids(), found.network().orElse(null)));
    Broadcast<Clusters> before =
        set.context().broadcast(new Clusters(earlier.centroids(), earlier.network().orElse(null)));
    MatrixSpec where = matrices;
    try {
      // A task's counts are as large as the whole's, so they are summed before they are sent.
      JavaRDD<Tuple2<Integer, long[]>> sums =
          set.blocks()
              .mapPartitionsToPair(
                  blocks -> rows(counts(blocks, now.value(), before.value(), where)))
              .reduceByKey(KeptNumbers::plus)
              .map(row -> row);
      BlockPass.run(
          sums, KeptNumbers::listed, part -> part.forEach(row -> together[row._1()] = row._2()));
    } finally {
      now.destroy();
      before.destroy();
    }
    return together;
  }

  /**
   * What gives rows their clusters.
   *
   * @param network null where vectors are compared themselves
   */
  private record Clusters(Centroids centroids, ClusterNetwork network)
      implements java.io.Serializable {
    BlockClusters open(MatrixSpec matrices) {
      return new BlockClusters(centroids, Optional.ofNullable(network), matrices);
    }
  }

  private static long[][] counts(
      Iterator<VectorBlock> blocks, Clusters now, Clusters before, MatrixSpec matrices) {
    long[][] counts = new long[now.centroids().count()][before.centroids().count()];
    try (BlockClusters ours = now.open(matrices);
        BlockClusters theirs = before.open(matrices)) {
      while (blocks.hasNext()) {
        VectorBlock block = blocks.next();
        int[] own = ours.of(block);
        int[] others = theirs.of(block);
        for (int i = 0; i < own.length; i++) {
          counts[own[i]][others[i]]++;
        }
      }
    }
    return counts;
  }

  /** Counts of each new cluster that has rows, with its number. */
  private static Iterator<Tuple2<Integer, long[]>> rows(long[][] counts) {
    return IntStream.range(0, counts.length)
        .filter(c -> LongStream.of(counts[c]).anyMatch(count -> count > 0))
        .mapToObj(c -> new Tuple2<>(c, counts[c]))
        .iterator();
  }

  private static long[] plus(long[] to, long[] counts) {
    for (int b = 0; b < to.length; b++) {
      to[b] += counts[b];
    }
    return to;
  }

  private static List<Tuple2<Integer, long[]>> listed(Iterator<Tuple2<Integer, long[]>> rows) {
    List<Tuple2<Integer, long[]>> list = new ArrayList<>();
    rows.forEachRemaining(list::add);
    return list;
  }

  /**
   * The new cluster that each number is for. An earlier number beyond the new ones is gone;
   * clusters that match none, and those whose number is gone, take the free numbers in their order.
   */
  static int[] order(long[][] together) {
    int k = together.length;
    int size = Math.max(k, together[0].length);
    double[][] costs = new double[size][size];
    for (int c = 0; c < k; c++) {
      for (int b = 0; b < together[c].length; b++) {
        costs[c][b] = -together[c][b];
      }
    }
    int[] matched = LinearAssignment.least(costs);
    int[] order = new int[k];
    Arrays.fill(order, -1);
    boolean[] placed = new boolean[k];
    for (int c = 0; c < k; c++) {
      int number = matched[c];
      if (number < Math.min(k, together[c].length) && together[c][number] > 0) {
        order[number] = c;
        placed[c] = true;
      }
    }
    int free = 0;
    for (int c = 0; c < k; c++) {
      if (!placed[c]) {
        while (order[free] >= 0) {
          free++;
        }
        order[free] = c;
      }
    }
    return order;
  }

  private static FoundClusters reordered(
      FoundClusters found, int[] order, Map<String, Object> details) {
    Centroids centroids = found.centroids();
    int d = centroids.dimension();
    float[] values = new float[centroids.values().length];
    float[] penalties = new float[centroids.penalties().length];
    for (int number = 0; number < order.length; number++) {
      System.arraycopy(centroids.values(), order[number] * d, values, number * d, d);
      if (penalties.length > 0) {
        penalties[number] = centroids.penalties()[order[number]];
      }
    }
    return new FoundClusters(
        new Centroids(centroids.metric(), d, values, penalties),
        found.network().map(network -> network.in(order)),
        details,
        found.curve(),
        found.text());
  }
}
