package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.ContentHash;

class TextSourcesTest {
  private static final ReadSpec LINES = Corpus.spec(Corpus.NO_COLUMNS);

  @TempDir Path dir;

  private Corpus corpus() {
    return new Corpus(dir);
  }

  private static ReadSpec wholeFiles() {
    return new ReadSpec(
        TextUnit.FILE,
        IdRule.PATH,
        Corpus.NO_COLUMNS,
        LINES.csv(),
        LINES.limits(),
        LINES.inlining(),
        true,
        "train");
  }

  @Test
  void takesAFileAsOneTextWithItsFoldersNameAndTheSplit() {
    corpus().write("sport/a.txt", "Tore\nund Punkte\n");
    ItemRow row = corpus().read("sport/a.txt", wholeFiles()).items.get(0);
    assertEquals("sport/a.txt", row.id());
    assertEquals("Tore\nund Punkte\n", row.text());
    assertEquals("text", row.modality());
    assertEquals("sport", row.label());
    assertEquals("train", row.split());
    assertEquals(ContentHash.of("Tore\nund Punkte\n"), row.contentHash());
    assertNull(row.image());
  }

  @Test
  void hasNoFolderLabelDirectlyBelowTheRoot() {
    corpus().write("a.txt", "x");
    assertNull(corpus().read("a.txt", wholeFiles()).items.get(0).label());
  }

  @Test
  void refusesLatin1NamingByteAndPosition() {
    corpus().write("a.txt", "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Found found = corpus().read("a.txt", wholeFiles());
    assertEquals(List.of("a.txt not_utf8"), found.refused());
    assertTrue(found.rejects.get(0).message().contains("0xE9 at position 3"));
    assertEquals(found.read, List.of("a.txt"));
  }

  @Test
  void refusesTruncatedUtf8() {
    corpus().write("a.txt", new byte[] {'a', (byte) 0xe2, (byte) 0x82});
    assertEquals(List.of("a.txt not_utf8"), corpus().read("a.txt", wholeFiles()).refused());
  }

  @Test
  void refusesEmptyBlankAndLongTexts() {
    corpus().write("empty.txt", "");
    corpus().write("blank.txt", " \n\t\n");
    corpus().write("long.txt", "x".repeat(1001));
    assertEquals(List.of("empty.txt empty"), corpus().read("empty.txt", wholeFiles()).refused());
    assertEquals(List.of("blank.txt empty"), corpus().read("blank.txt", wholeFiles()).refused());
    assertEquals(List.of("long.txt too_long"), corpus().read("long.txt", wholeFiles()).refused());
  }

  @Test
  void refusesFilesAndLinesOverTheByteLimit() {
    corpus().write("a.txt", "x".repeat((1 << 20) + 1) + "\nshort\n");
    assertEquals(List.of("a.txt too_long"), corpus().read("a.txt", wholeFiles()).refused());
    Found lines = corpus().read("a.txt", LINES);
    assertEquals(List.of("a.txt#L1 too_long"), lines.refused());
    assertEquals(List.of("a.txt#L2"), lines.ids());
  }

  @Test
  void dropsAByteOrderMark() {
    corpus().write("a.txt", "\ufeffhello");
    assertEquals(List.of("hello"), corpus().read("a.txt", wholeFiles()).texts());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void readsCompressedLinesMemberAfterMember() throws IOException {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip("one\n"));
    members.write(gzip("two\n"));
    corpus().write("a.txt.gz", members.toByteArray());
    assertEquals(List.of("a.txt.gz#L1", "a.txt.gz#L2"), corpus().read("a.txt.gz", LINES).ids());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream bzip = new BZip2CompressorOutputStream(out)) {
      bzip.write("three\n".getBytes(StandardCharsets.UTF_8));
    }
    corpus().write("b.txt.bz2", out.toByteArray());
    assertEquals(List.of("three"), corpus().read("b.txt.bz2", LINES).texts());
    corpus()
        .write(
            "c.txt.zst",
            com.github.luben.zstd.Zstd.compress("four\n".getBytes(StandardCharsets.UTF_8)));
    assertEquals(List.of("four"), corpus().read("c.txt.zst", LINES).texts());
  }

  @Test
  void keepsWhatATruncatedGzipGivesAndRefusesTheSource() throws IOException {
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 20_000; i++) {
      text.append(random.nextLong()).append('\n');
    }
    byte[] whole = gzip(text.toString());
    corpus().write("a.txt.gz", Arrays.copyOf(whole, whole.length / 2));
    Found found = corpus().read("a.txt.gz", LINES);
    assertTrue(found.items.size() > 1000, "lines before the end");
    assertEquals(List.of("a.txt.gz truncated"), found.refused());
  }

  @Test
  void refusesWhatIsNoGzipAndWhatIsGone() {
    corpus().write("a.txt.gz", "plain");
    assertEquals(List.of("a.txt.gz malformed_record"), corpus().read("a.txt.gz", LINES).refused());
    SourceFile gone = corpus().source("a.txt.gz");
    Piece piece =
        Piece.whole(new SourceFile(gone.uri() + "x", "gone.txt", 5, "1", SourceKind.TEXT));
    Found found = Corpus.read(piece, LINES);
    assertEquals(RejectReason.UNREADABLE, found.rejects.get(0).reason());
    assertEquals("gone.txt", found.rejects.get(0).id());
  }

  @Test
  void takesContentHashesForIdsAlsoOfRejects() {
    ReadSpec byContent =
        new ReadSpec(
            TextUnit.LINE,
            IdRule.CONTENT,
            Corpus.NO_COLUMNS,
            LINES.csv(),
            LINES.limits(),
            LINES.inlining(),
            false,
            null);
    corpus().write("a.txt", "one\n \n");
    Found found = corpus().read("a.txt", byContent);
    assertEquals(List.of(ContentHash.of("one")), found.ids());
    assertEquals(List.of(ContentHash.of(" ") + " empty"), found.refused());
    assertEquals(2, found.read.size());
  }
}
