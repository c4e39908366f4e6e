package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines that begin in a piece's range, wherever the last of them ends. The stream of a piece
 * that does not begin its file starts one byte early: the first line end in it shows where the
 * first line of its own begins.
 */
final class LinePiece {
  private final Piece piece;
  private final Lines lines;
  private final boolean wholeFile;

  private LinePiece(Piece piece, Lines lines, boolean wholeFile) {
    this.piece = piece;
    this.lines = lines;
    this.wholeFile = wholeFile;
  }

  /**
   * @param in from byte {@link #startOf}
   * @param wholeFile whether the range is all there is, as in a compressed file
   */
  static LinePiece open(Piece piece, InputStream in, boolean wholeFile, int maxBytes)
      throws IOException {
    Lines lines = new Lines(in, piece.before(), maxBytes);
    if (piece.start() > 0) {
      lines.next();
    }
    return new LinePiece(piece, lines, wholeFile);
  }

  /** Byte of the file at which the piece's stream starts. */
  static long startOf(Piece piece) {
    return Math.max(0, piece.start() - 1);
  }

  /** Takes the next line of the piece; false where there is none. */
  boolean next() throws IOException {
    return (wholeFile || startOf(piece) + lines.taken() < piece.end()) && lines.next();
  }

  Lines lines() {
    return lines;
  }

  SourceFile file() {
    return piece.file();
  }
}
