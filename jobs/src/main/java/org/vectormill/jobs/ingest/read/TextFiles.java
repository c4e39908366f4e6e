package org.vectormill.jobs.ingest.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads text files, each one item or one a line. */
final class TextFiles {
  private final ReadSpec spec;
  private final Intake intake;

  TextFiles(ReadSpec spec, Intake intake) {
    this.spec = spec;
    this.intake = intake;
  }

  void readWhole(SourceFile file, InputStream in) throws IOException {
    int limit = spec.limits().itemBytes();
    byte[] bytes = in.readNBytes(limit);
    Candidate item = new Candidate(file.path(), file, true, label(file), null, Map.of());
    if (bytes.length == limit && in.read() >= 0) {
      intake.tooLong(item, "the file");
    } else {
      intake.text(item, bytes);
    }
  }

  void readLines(LinePiece piece) throws IOException {
    SourceFile file = piece.file();
    String label = label(file);
    while (piece.next()) {
      String id = file.path() + "#L" + piece.lines().number();
      Candidate item = new Candidate(id, file, false, label, null, Map.of());
      if (piece.lines().tooLong()) {
        intake.tooLong(item, "the line");
      } else {
        intake.text(item, piece.lines().bytes());
      }
    }
  }

  private String label(SourceFile file) {
    return spec.labelFromFolder() ? SourceFile.folderOf(file.path()) : null;
  }
}
