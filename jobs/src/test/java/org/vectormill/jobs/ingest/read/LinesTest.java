package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
  private static final String TEXT = "one\n\ntwo\r\nthree is long\nfour\n\n\nlast";

  @TempDir Path dir;

  /** What two pieces give, cut at a byte, with the line number that the planner counts. */
  private Found cutAt(int cut) {
    Corpus corpus = new Corpus(dir);
    corpus.write("t.txt", TEXT);
    SourceFile file = corpus.source("t.txt");
    long before = LineCount.of(new Configuration(), file.uri(), 0, Math.max(0, cut - 1));
    Found first = Corpus.read(Piece.lines(file, 0, cut, 0), Corpus.spec(Corpus.NO_COLUMNS));
    Found second =
        Corpus.read(Piece.lines(file, cut, file.size(), before), Corpus.spec(Corpus.NO_COLUMNS));
    first.items.addAll(second.items);
    first.rejects.addAll(second.rejects);
    first.processed.addAll(second.processed);
    return first;
  }

  @Test
  void givesTheSameLinesAndNumbersWhereverAFileIsCut() {
    for (int cut = 1; cut < TEXT.length(); cut++) {
      Found found = cutAt(cut);
      assertEquals(
          List.of("t.txt#L1", "t.txt#L3", "t.txt#L4", "t.txt#L5", "t.txt#L8"),
          found.ids(),
          "cut at " + cut);
      assertEquals(List.of("one", "two", "three is long", "four", "last"), found.texts());
      assertEquals(List.of("t.txt#L2 empty", "t.txt#L6 empty", "t.txt#L7 empty"), found.refused());
      assertEquals(1, found.processed.size(), "a source is noted once");
    }
  }

  @Test
  void givesALineToThePieceThatItBeginsInEvenWhereItFillsOthers() {
    Corpus corpus = new Corpus(dir);
    corpus.write("t.txt", "0123456789\nb\n");
    SourceFile file = corpus.source("t.txt");
    List<String> texts = new ArrayList<>();
    for (long start = 0; start < file.size(); start += 4) {
      Piece piece = Piece.lines(file, start, Math.min(file.size(), start + 4), 0);
      texts.addAll(Corpus.read(piece, Corpus.spec(Corpus.NO_COLUMNS)).texts());
    }
    assertEquals(List.of("0123456789", "b"), texts);
  }
}
