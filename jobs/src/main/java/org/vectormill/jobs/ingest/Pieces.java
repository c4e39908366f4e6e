package org.vectormill.jobs.ingest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.vectormill.jobs.ingest.read.LineCount;
import org.vectormill.jobs.ingest.read.Piece;
import org.vectormill.jobs.ingest.read.ReadSpec;
import org.vectormill.jobs.ingest.read.SourceFile;
import org.vectormill.jobs.ingest.read.SourceKind;
import org.vectormill.jobs.ingest.read.SourceReader;
import scala.Tuple2;

/**
 * Cuts files into pieces: Parquet by row group, large files of lines into ranges of bytes, whose
 * line ends are counted so that each range knows its first line's number. All others stay whole.
 */
final class Pieces {
  private final Broadcast<SerializableConfiguration> hadoop;
  private final ReadSpec spec;
  private final long rangeBytes;

  /**
   * @param rangeBytes length of a range; only larger files are cut
   */
  Pieces(Broadcast<SerializableConfiguration> hadoop, ReadSpec spec, long rangeBytes) {
    this.hadoop = hadoop;
    this.spec = spec;
    this.rangeBytes = rangeBytes;
  }

  /** The pieces of all files, in no order. */
  JavaRDD<Piece> of(JavaRDD<SourceFile> files) {
    Broadcast<SerializableConfiguration> conf = hadoop;
    ReadSpec read = spec;
    long range = rangeBytes;
    JavaRDD<Piece> others =
        files
            .filter(file -> !isCut(file, read, range))
            .mapPartitions(part -> wholeOrRowGroups(part, conf, read));
    JavaRDD<Piece> ranges =
        files
            .filter(file -> isCut(file, read, range))
            .flatMap(file -> ranges(file, range).iterator())
            .map(piece -> counted(piece, conf))
            .mapToPair(piece -> new Tuple2<>(piece.file().uri(), piece))
            .groupByKey()
            .flatMap(entry -> summed(entry._2()).iterator());
    return others.union(ranges);
  }

  private static boolean isCut(SourceFile file, ReadSpec spec, long range) {
    return file.size() > range && SourceReader.splits(file, spec);
  }

  private static Iterator<Piece> wholeOrRowGroups(
      Iterator<SourceFile> files, Broadcast<SerializableConfiguration> conf, ReadSpec spec) {
    List<Piece> pieces = new ArrayList<>();
    while (files.hasNext()) {
      SourceFile file = files.next();
      if (file.kind() == SourceKind.PARQUET && file.size() > 0) {
        pieces.addAll(SourceReader.rowGroups(conf.value().value(), spec, file));
      } else {
        pieces.add(Piece.whole(file));
      }
    }
    return pieces.iterator();
  }

  private static List<Piece> ranges(SourceFile file, long range) {
    List<Piece> pieces = new ArrayList<>();
    for (long start = 0; start < file.size(); start += range) {
      pieces.add(Piece.lines(file, start, Math.min(file.size(), start + range), 0));
    }
    return pieces;
  }

  /** The piece with the number of its own line ends, each moved back by the byte before it. */
  private static Piece counted(Piece piece, Broadcast<SerializableConfiguration> conf) {
    long from = Math.max(0, piece.start() - 1);
    long lines = LineCount.of(conf.value().value(), piece.file().uri(), from, piece.end() - 1);
    return Piece.lines(piece.file(), piece.start(), piece.end(), lines);
  }

  /** The pieces of one file with the number of line ends before each. */
  private static List<Piece> summed(Iterable<Piece> counted) {
    List<Piece> pieces = new ArrayList<>();
    counted.forEach(pieces::add);
    pieces.sort(Comparator.comparingLong(Piece::start));
    long before = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      pieces.set(i, Piece.lines(piece.file(), piece.start(), piece.end(), before));
      before += piece.before();
    }
    return pieces;
  }
}
