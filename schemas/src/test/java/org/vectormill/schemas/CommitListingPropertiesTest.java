package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.hadoop.conf.Configuration;

class CommitListingPropertiesTest {
  private static final String SEED = "20261125";
  private static final List<String> OTHER_FILES =
      List.of(".00001.json.tmp", "00001.json.crc", "1.json", "x.json", "0000000001.json", "README");

  /** Whatever else lies there, waves come by number, from the last compaction on. */
  @Property(seed = SEED, tries = 60)
  void commitsComeInOrderFromTheLastCompaction(
      @ForAll("waves") Set<Integer> waves, @ForAll("waves") Set<Integer> compactions)
      throws IOException {
    Path root = Files.createTempDirectory("commits");
    try {
      Path commits = Files.createDirectories(root.resolve("_vectormill/commits"));
      for (String name : OTHER_FILES) {
        Files.writeString(commits.resolve(name), "no commit");
      }
      for (int wave : waves) {
        WaveCommit commit = commit(wave, compactions.contains(wave));
        Files.writeString(commits.resolve("%05d.json".formatted(wave)), Json.write(commit));
      }
      List<Integer> all = new ArrayList<>(new TreeSet<>(waves));
      int first = 0;
      for (int i = 0; i < all.size(); i++) {
        first = compactions.contains(all.get(i)) ? i : first;
      }
      TableDirectory table = new TableDirectory(new Configuration(false), root.toUri().toString());
      assertEquals(all.subList(first, all.size()), numbers(table.commits()));
      assertEquals(all, numbers(table.history()));
    } finally {
      delete(root);
    }
  }

  @Property(seed = SEED)
  void hashesOfIdsDontDependOnTheirOrderAndGoBack(
      @ForAll List<String> ids, @ForAll List<String> more) {
    IdSetHash forward = sum(ids.stream());
    List<String> reversed = new ArrayList<>(ids);
    java.util.Collections.reverse(reversed);
    assertEquals(forward, sum(reversed.stream()));
    assertEquals(
        forward, sum(Stream.concat(ids.stream(), more.stream())).minus(sum(more.stream())));
    assertEquals(forward, IdSetHash.ofHex(ids.size(), forward.hex()));
  }

  @Provide
  Arbitrary<Set<Integer>> waves() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(1, 12), Arbitraries.integers().between(99_990, 100_020))
        .set()
        .ofMaxSize(10);
  }

  private static WaveCommit commit(int wave, boolean compaction) {
    WaveContent content = WaveContent.empty();
    Compaction stands = compaction ? new Compaction(wave - 1, 0) : null;
    return WaveCommit.of(wave, "run", "2026-01-01T00:00:00Z", content.withCompaction(stands));
  }

  private static List<Integer> numbers(List<WaveCommit> commits) {
    return commits.stream().map(WaveCommit::wave).toList();
  }

  private static IdSetHash sum(Stream<String> ids) {
    return ids.map(IdSetHash::of).reduce(IdSetHash.EMPTY, IdSetHash::plus);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
