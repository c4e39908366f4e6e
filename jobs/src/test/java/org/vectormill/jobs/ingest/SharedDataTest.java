package org.vectormill.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.vectormill.jobs.SparkTest;

/** Real corpora; each test is skipped where its set is not there. */
class SharedDataTest extends SparkTest {

  private static Path data(String name) {
    String set = System.getProperty("VECTORMILL_SHARED", System.getenv("VECTORMILL_SHARED"));
    Path home = Path.of("").toAbsolutePath().getParent();
    Path data = (set == null ? home.resolve("../shared") : Path.of(set)).resolve("data/" + name);
    assumeTrue(Files.exists(data), "needs the data set " + data);
    return data;
  }

  /** Unpacks a set that is trusted. */
  private String unpacked(String name) throws IOException {
    Path in = dir.resolve("in");
    Path archive = data(name);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(name.endsWith(".gz") ? new GZIPInputStream(file) : file)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (e.isFile()) {
          Path target = in.resolve(e.getName());
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
        }
      }
    }
    return in.toString();
  }

  @Test
  void readsNewsFromFoldersButForTheOneThatIsLatin1() throws IOException {
    IngestRun ingest = new IngestRun(dir.resolve("out").toString());
    ingest.run("--input", unpacked("bbc-news/bbc-news.tar.gz"), "--label-from", "parent-folder");
    assertEquals(List.of("sport/199.txt not_utf8"), ingest.rejects(spark));
    List<String> labels =
        ingest
            .table()
            .current(spark)
            .groupBy("label")
            .count()
            .orderBy("label")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0) + " " + row.getLong(1))
            .toList();
    assertEquals(
        List.of("business 510", "entertainment 386", "politics 417", "sport 510", "tech 401"),
        labels);
  }

  @Test
  void readsImagesOfAllSortsFromATarAndFromAFolderAlike() throws IOException {
    Path tar = data("imagededup-tests/imagededup-tests.tar");
    IngestRun shard = new IngestRun(dir.resolve("shard").toString());
    String said = shard.run("--input", tar.toString(), "--max-reject-ratio", "0.5");
    // Of 33 files, five are one sample: its first image is its item, three more are passed over,
    // and so is one with the extension of no image.
    assertEquals(25, shard.rows(spark).size(), said);
    assertEquals(4, shard.rejects(spark).size(), said);
    assertTrue(said.contains("3 images were passed over"), said);
    IngestRun folder = new IngestRun(dir.resolve("folder").toString());
    String out =
        folder.run(
            "--input",
            unpacked("imagededup-tests/imagededup-tests.tar"),
            "--format",
            "images",
            "--max-reject-ratio",
            "0.5");
    assertEquals(33, folder.rows(spark).size() + folder.rejects(spark).size(), out);
    assertTrue(
        folder
            .rejects(spark)
            .containsAll(
                List.of(
                    "formats_images/baboon.pgm not_an_image",
                    "formats_images/marbles.pbm not_an_image")),
        folder.rejects(spark).toString());
    assertTrue(out.contains("images are not what their extension says"), out);
    long common =
        shard
            .table()
            .current(spark)
            .select("content_hash")
            .distinct()
            .join(folder.table().current(spark).select("content_hash").distinct(), "content_hash")
            .count();
    assertEquals(shard.table().current(spark).select("content_hash").distinct().count(), common);
  }

  @Test
  void labelsPicturesInAShardByTheirFolders() {
    IngestRun ingest = new IngestRun(dir.resolve("out").toString());
    ingest.run(
        "--input",
        data("caltech101-max80/caltech101-max80.tar.gz").toString(),
        "--label-from",
        "parent-folder");
    assertEquals(8677, ingest.table().current(spark).count());
    assertEquals(
        101,
        ingest.table().current(spark).agg(functions.countDistinct("label")).first().getLong(0));
  }

  @Test
  void readsQuotedCsvWithoutAHeader() {
    IngestRun ingest = new IngestRun(dir.resolve("out").toString());
    ingest.run(
        "--input",
        data("ag-news-test/test.csv.gz").toString(),
        "--no-header",
        "--text-column",
        "c3",
        "--label-column",
        "c1",
        "--attribute-columns",
        "c2");
    assertEquals(7600, ingest.table().current(spark).count());
    assertEquals(
        List.of(1900L, 1900L, 1900L, 1900L),
        ingest.table().current(spark).groupBy("label").count().collectAsList().stream()
            .map(row -> row.getLong(1))
            .toList());
  }
}
