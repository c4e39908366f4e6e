package org.vectormill.schemas;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * What a table's directory holds beside what readers need. Only places in which Vectormill writes
 * are looked at: staging directories, {@code wave=N}, {@code _rejects/wave=N}, the lists below
 * {@code _vectormill}, and names that unfinished small files have.
 */
public final class Leftovers {
  private static final Pattern WAVE = Pattern.compile("wave=\\d{5,}");
  private static final Pattern TEMPORARY =
      Pattern.compile("\\..+\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final List<String> LISTS =
      List.of("replaced", "removed", "removed_rejects", "retried", "processed", "lists");

  private final Table table;
  private final TableDirectory directory;
  private final Instant now;
  private final Instant limit;

  private Leftovers(Table table, TableDirectory directory, Duration olderThan, Instant now) {
    this.table = table;
    this.directory = directory;
    this.now = now;
    this.limit = now.minus(olderThan);
  }

  /**
   * Leftovers by the store's clock, which takes a file that is made and removed again.
   *
   * @param olderThan a plan without a sign of life for so long is dead
   */
  public static Leftovers of(Table table, Duration olderThan) {
    TableDirectory directory = table.directory();
    return new Leftovers(table, directory, olderThan, StoreClock.now(directory));
  }

  /** Leftovers by a given clock; nothing is written. */
  public static Leftovers at(Table table, Duration olderThan, Instant now) {
    return new Leftovers(table, table.directory(), olderThan, now);
  }

  /** Number of dead plans that were ended while they published. */
  public int interrupted() {
    return (int) dead().filter(plan -> plan.intent().isPresent()).count();
  }

  /**
   * Publishes what dead plans were about to publish, or takes it back where their wave is taken.
   * The table is to be opened again afterwards.
   *
   * @return the waves that came of it
   */
  public List<WaveCommit> settleInterrupted() {
    return dead()
        .filter(plan -> plan.intent().isPresent())
        .map(StagedPlan::settle)
        .flatMap(Optional::stream)
        .toList();
  }

  private Stream<StagedPlan> dead() {
    return StagedPlan.list(directory).stream().filter(plan -> plan.beat().isBefore(limit));
  }

  /** All leftovers. */
  public List<Leftover> list() {
    // Files first, then what speaks for them, intents before commits: a file that is brought to its
    // place meanwhile is not among the first, and one that was there has an intent or a commit.
    List<FileStatus> placed = placed();
    List<StagedPlan> plans = StagedPlan.list(directory);
    Set<String> expected = new HashSet<>();
    plans.forEach(plan -> expected.addAll(plan.targets()));
    List<Leftover> found = new ArrayList<>();
    plans.stream()
        .filter(plan -> plan.beat().isBefore(limit) && plan.intent().isEmpty())
        .forEach(plan -> found.add(plan.leftover()));
    found.addAll(superseded(placed));
    // In object stores running tasks write to the final place at once.
    boolean living = plans.stream().anyMatch(plan -> !plan.beat().isBefore(limit));
    if (directory.renames() || !living) {
      found.addAll(unlisted(placed, expected));
    }
    found.addAll(temporaries());
    return found;
  }

  /** Files of waves that a compaction stands for, once its retention time is over. */
  public List<Leftover> superseded() {
    return superseded(placed());
  }

  private List<Leftover> superseded(List<FileStatus> placed) {
    List<WaveCommit> waves = table.waves();
    if (waves.isEmpty() || !waves.get(0).isCompaction() || !retentionOver(waves.get(0))) {
      return List.of();
    }
    Set<String> old = paths(table.superseded());
    return of(Leftover.Kind.SUPERSEDED, placed.stream().filter(file -> old.contains(name(file))));
  }

  private boolean retentionOver(WaveCommit compaction) {
    Path commit = directory.commit(compaction.wave());
    try {
      Instant committed =
          Instant.ofEpochMilli(directory.fs().getFileStatus(commit).getModificationTime());
      return !now.isBefore(committed.plusSeconds(compaction.compaction().retainSeconds()));
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "commit " + commit + " can't be looked at: " + e.getMessage(), e);
    }
  }

  private List<Leftover> unlisted(List<FileStatus> placed, Set<String> expected) {
    Set<String> known = paths(directory.history());
    known.addAll(expected);
    return of(
        Leftover.Kind.UNLISTED,
        placed.stream().filter(this::isOld).filter(file -> !known.contains(name(file))));
  }

  private static Set<String> paths(List<WaveCommit> commits) {
    Set<String> paths = new HashSet<>();
    commits.forEach(commit -> commit.listed().forEach(file -> paths.add(file.path())));
    return paths;
  }

  /** Files where waves and lists have theirs. */
  private List<FileStatus> placed() {
    List<FileStatus> files = new ArrayList<>();
    for (Path parent : List.of(directory.root(), new Path(directory.root(), Table.REJECTS))) {
      for (FileStatus wave : directory.list(parent)) {
        if (wave.isDirectory() && WAVE.matcher(wave.getPath().getName()).matches()) {
          files.addAll(directory.list(wave.getPath()));
        }
      }
    }
    LISTS.forEach(list -> files.addAll(directory.list(directory.internal(list))));
    return files.stream().filter(FileStatus::isFile).toList();
  }

  private List<Leftover> temporaries() {
    List<Path> places =
        List.of(
            directory.root(),
            new Path(directory.root(), Table.REJECTS),
            new Path(directory.root(), "_vectormill"),
            directory.internal("commits"));
    return of(
        Leftover.Kind.TEMPORARY,
        places.stream()
            .flatMap(place -> directory.list(place).stream())
            .filter(FileStatus::isFile)
            .filter(file -> TEMPORARY.matcher(file.getPath().getName()).matches())
            .filter(this::isOld));
  }

  private boolean isOld(FileStatus file) {
    return Instant.ofEpochMilli(file.getModificationTime()).isBefore(limit);
  }

  /** Path relative to the table, as commits have it. */
  private String name(FileStatus file) {
    return directory.relative(file.getPath());
  }

  private static List<Leftover> of(Leftover.Kind kind, Stream<FileStatus> files) {
    return files
        .map(file -> new Leftover(kind, file.getPath().toString(), 1, file.getLen()))
        .toList();
  }

  /** Removes one of them; one that is gone meanwhile is no failure. */
  public void remove(Leftover leftover) {
    boolean whole = leftover.kind() == Leftover.Kind.STAGED;
    try {
      directory.fs().delete(new Path(leftover.path()), whole);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.RETRY, "file " + leftover.path() + " can't be removed: " + e.getMessage(), e);
    }
  }
}
