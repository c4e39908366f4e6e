package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.vectormill.jobs.ingest.read.Piece;
import org.vectormill.jobs.wave.WorkUnit;
import scala.Tuple2;

/**
 * Units of work by the order of URIs and by cost alone, so that a plan depends on the input and on
 * nothing else. A piece costs its bytes and a constant for opening it; a unit ends where the cost
 * of all pieces up to there passes a multiple of the target.
 *
 * @param units each in a partition of its own, as long as there are not very many
 * @param count number of units
 * @param bytes of all pieces
 * @param kept what Spark keeps until {@link #release}
 */
record UnitCut(
    JavaRDD<WorkUnit<IngestUnit>> units, long count, long bytes, List<JavaRDD<Piece>> kept) {
  /** What opening a file is worth, in bytes. */
  static final long PIECE_COST = 16 << 10;

  private static final long SMALLEST_TARGET = 4L << 20;
  private static final long LARGEST_TARGET = 128L << 20;
  private static final long PARTS = 32;
  private static final int MOST_PARTITIONS = 20_000;
  private static final int MOST_SORTED_PARTITIONS = 200;
  private static final long SORTED_PIECES = 50_000;
  private static final Comparator<Piece> ORDER =
      Comparator.comparing((Piece piece) -> piece.file().uri())
          .thenComparingLong(Piece::start)
          .thenComparingInt(Piece::rowGroup);

  /** Cuts pieces, which are kept for it. */
  static UnitCut of(JavaRDD<Piece> unordered) {
    // Finding pieces may mean reading whole files, and sorting takes two looks.
    JavaRDD<Piece> found = unordered.persist(StorageLevel.MEMORY_AND_DISK());
    int partitions = (int) Math.min(MOST_SORTED_PARTITIONS, found.count() / SORTED_PIECES + 1);
    JavaRDD<Piece> pieces =
        found.sortBy(UnitCut::orderKey, true, partitions).persist(StorageLevel.MEMORY_AND_DISK());
    List<long[]> sums = pieces.mapPartitions(UnitCut::sums).collect();
    long cost = sums.stream().mapToLong(sum -> sum[0]).sum();
    long bytes = sums.stream().mapToLong(sum -> sum[1]).sum();
    long target = Math.min(LARGEST_TARGET, Math.max(SMALLEST_TARGET, cost / PARTS));
    long[] before = new long[sums.size()];
    for (int i = 1; i < before.length; i++) {
      before[i] = before[i - 1] + sums.get(i - 1)[0];
    }
    int most = (int) Math.min(MOST_PARTITIONS, cost / target + 1);
    JavaRDD<WorkUnit<IngestUnit>> units =
        pieces
            .mapPartitionsWithIndex((i, part) -> numbered(part, before[i], target), false)
            .mapToPair(pair -> pair)
            .groupByKey(new HashPartitioner(most))
            .map(entry -> unit(entry._1(), entry._2()));
    return new UnitCut(units, distinct(pieces, before, target), bytes, List.of(found, pieces));
  }

  /** Gives back what was kept; the units can't be read after that without cutting again. */
  void release() {
    kept.forEach(JavaRDD::unpersist);
  }

  private static String orderKey(Piece piece) {
    return piece.file().uri() + '\0' + "%020d".formatted(piece.start() + piece.rowGroup());
  }

  static long cost(Piece piece) {
    return piece.bytes() + PIECE_COST;
  }

  private static Iterator<long[]> sums(Iterator<Piece> pieces) {
    long[] sums = new long[2];
    while (pieces.hasNext()) {
      Piece piece = pieces.next();
      sums[0] += cost(piece);
      sums[1] += piece.bytes();
    }
    return List.of(sums).iterator();
  }

  private static Iterator<Tuple2<Long, Piece>> numbered(
      Iterator<Piece> pieces, long before, long target) {
    return new Iterator<>() {
      private long sum = before;

      @Override
      public boolean hasNext() {
        return pieces.hasNext();
      }

      @Override
      public Tuple2<Long, Piece> next() {
        Piece piece = pieces.next();
        Tuple2<Long, Piece> numbered = new Tuple2<>(sum / target, piece);
        sum += cost(piece);
        return numbered;
      }
    };
  }

  private static long distinct(JavaRDD<Piece> pieces, long[] before, long target) {
    return pieces
        .mapPartitionsWithIndex((i, part) -> numbered(part, before[i], target), false)
        .map(Tuple2::_1)
        .distinct()
        .count();
  }

  private static WorkUnit<IngestUnit> unit(long number, Iterable<Piece> pieces) {
    List<Piece> ordered = new ArrayList<>();
    pieces.forEach(ordered::add);
    ordered.sort(ORDER);
    return WorkUnit.of("%08d".formatted(number), new IngestUnit(ordered), ordered);
  }
}
