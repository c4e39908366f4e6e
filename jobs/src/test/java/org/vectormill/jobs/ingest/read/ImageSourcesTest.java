package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.schemas.ItemRow;

/** Image files and tar shards. */
class ImageSourcesTest {
  private static final ReadSpec SPEC = Corpus.spec(Corpus.NO_COLUMNS);
  private static final byte[] PNG = Corpus.image("png", 3, 2);
  private static final byte[] JPEG = Corpus.image("jpg", 4, 5);

  @TempDir Path dir;

  private Corpus corpus() {
    return new Corpus(dir);
  }

  private Found read(String name, byte[] bytes) {
    corpus().write(name, bytes);
    return corpus().read(name, SPEC);
  }

  @Test
  void packsAnImageWithItsSizeAndFormat() {
    Found found = read("cats/a.png", PNG);
    ItemRow row = found.items.get(0);
    assertEquals("cats/a.png", row.id());
    assertEquals("image", row.modality());
    assertArrayEquals(PNG, row.image());
    assertNull(row.text());
    assertEquals(Map.of("format", "png", "width", "3", "height", "2"), row.attributes());
    assertEquals(1, found.counts.get(IngestFact.INLINED_IMAGES));
  }

  @Test
  void leavesImagesInPlaceWhereAskedOrTooLarge() {
    corpus().write("a.png", PNG);
    for (Inlining inlining :
        List.of(
            new Inlining(Inlining.Mode.NEVER, 1 << 20),
            new Inlining(Inlining.Mode.AUTO, PNG.length - 1))) {
      ReadSpec spec =
          new ReadSpec(
              SPEC.textUnit(),
              SPEC.idRule(),
              SPEC.columns(),
              SPEC.csv(),
              SPEC.limits(),
              inlining,
              false,
              null);
      assertNull(corpus().read("a.png", spec).items.get(0).image());
    }
  }

  @Test
  void refusesDamagedImagesEachForItsReason() {
    byte[] bomb = PNG.clone();
    bomb[16] = 0x7f;
    byte[] half = Arrays.copyOf(JPEG, JPEG.length / 2);
    assertEquals(List.of("a.png empty"), read("a.png", new byte[0]).refused());
    assertEquals(List.of("b.jpg truncated"), read("b.jpg", half).refused());
    assertEquals(
        List.of("c.jpg not_an_image"), read("c.jpg", new byte[] {'t', 'e', 'x', 't'}).refused());
    assertEquals(List.of("d.png pixel_limit"), read("d.png", bomb).refused());
    assertEquals(List.of("e.png too_long"), read("e.png", new byte[(1 << 20) + 1]).refused());
  }

  @Test
  void goesByTheBytesAndCountsFalseExtensions() {
    Found found = read("a.jpg", PNG);
    assertEquals("png", found.items.get(0).attributes().get("format"));
    assertEquals(1, found.counts.get(IngestFact.EXTENSION_MISMATCH));
    assertEquals(1, read("b.svg", PNG).counts.get(IngestFact.EXTENSION_MISMATCH));
    assertNull(read("c", PNG).counts.get(IngestFact.EXTENSION_MISMATCH));
  }

  @Test
  void leavesOutFilesOfUnknownKindThatAreNoImages() {
    Found found = read("a.dat", new byte[] {1, 2, 3});
    assertEquals(List.of(), found.read);
    assertEquals(1, found.processed.size());
    assertEquals(1, found.counts.get(IngestFact.UNKNOWN_FILES));
  }

  @Test
  void groupsTheEntriesOfAShard() {
    byte[] tar =
        Corpus.tar(
            false,
            "x/a.jpg",
            JPEG,
            "x/a.json",
            "{\"n\": 5}",
            "x/a.cls",
            "3\n",
            "x/a.txt",
            "a cat",
            "b.txt",
            "only text",
            "c.json",
            "{}",
            "d.png",
            PNG,
            "d.png",
            PNG,
            "._e.png",
            PNG);
    corpus().write("s.tar", tar);
    Columns all = new Columns(null, null, null, null, null, List.of(), true);
    Found found = corpus().read("s.tar", Corpus.spec(all));
    assertEquals(List.of("s.tar#x/a", "s.tar#b"), found.ids());
    ItemRow image = found.item("s.tar#x/a");
    assertEquals("3", image.label());
    assertEquals(
        Map.of("n", "5", "text", "a cat", "format", "jpeg", "width", "4", "height", "5"),
        image.attributes());
    assertEquals("only text", found.item("s.tar#b").text());
    assertEquals(List.of("s.tar#c missing_value", "s.tar#d malformed_record"), found.refused());
    assertEquals(1, found.counts.get(IngestFact.LEFT_OUT_ENTRIES));
  }

  @Test
  void refusesEntriesThatLeadOutOfTheShard() {
    Found found =
        read("s.tar", Corpus.tar(false, "/etc/a.png", PNG, "x/../../b.png", PNG, "c.png", PNG));
    assertEquals(List.of("s.tar#c"), found.ids());
    assertEquals(
        List.of("s.tar#/etc/a.png malformed_record", "s.tar#x/../../b.png malformed_record"),
        found.refused());
  }

  @Test
  void readsLongNamesOfBothKinds() {
    String folder = "d".repeat(90) + "/" + "e".repeat(90) + "/f";
    for (boolean pax : new boolean[] {false, true}) {
      Found found = read("s.tar", Corpus.tar(pax, folder + ".png", PNG));
      assertEquals(List.of("s.tar#" + folder), found.ids());
    }
  }

  @Test
  void keepsTheSamplesBeforeTheEndOfATruncatedShard() {
    byte[] tar = Corpus.tar(false, "a.png", PNG, "b.png", PNG, "c.jpg", JPEG);
    int intoTheThird = 4 * 512 + 512 + JPEG.length / 2;
    Found found = read("s.tar", Arrays.copyOf(tar, intoTheThird));
    assertEquals(List.of("s.tar#a", "s.tar#b"), found.ids());
    assertEquals("s.tar#c truncated", found.refused().get(0));
    assertEquals(2, found.rejects.size());
    assertEquals("s.tar truncated", found.refused().get(1));
  }

  @Test
  void refusesSamplesOverTheByteLimit() {
    Found found = read("s.tar", Corpus.tar(false, "a.png", new byte[(1 << 20) + 1], "b.png", PNG));
    assertEquals(List.of("s.tar#a too_long"), found.refused());
    assertEquals(List.of("s.tar#b"), found.ids());
  }
}
