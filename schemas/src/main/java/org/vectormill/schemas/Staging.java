package org.vectormill.schemas;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Files of one plan before they are published. Runs of the same plan share a directory, so that one
 * goes on where another was ended. {@link #publish} brings the listed files to {@code wave=NNNNN}
 * and decides by the exclusive creation of the commit file. Files that no unit's result lists (of
 * failed or speculative attempts) are dropped.
 */
public final class Staging {
  /** File whose modification time says when a run of the plan last lived. */
  static final String HEARTBEAT = "heartbeat";

  private final TableDirectory table;
  private final String runId;
  private final Path directory;
  private final StagingPlaces places;
  private final int wave;
  private Heartbeat heartbeat;
  private TableManifest stated;

  private Staging(TableDirectory table, String runId, Path directory, int wave) {
    this.table = table;
    this.runId = runId;
    this.directory = directory;
    this.wave = wave;
    this.places = table.renames() ? below(directory) : inPlace();
  }

  /**
   * @param lastWave last wave that the plan knows of, 0 where there is none
   */
  static Staging open(TableDirectory table, String planId, String runId, int lastWave) {
    return open(table, planId, runId, lastWave, Heartbeat::everyMinute);
  }

  static Staging open(
      TableDirectory table, String planId, String runId, int lastWave, Heartbeat.Timer timer) {
    Staging staging = new Staging(table, runId, table.internal("staging/" + planId), lastWave + 1);
    staging.beat();
    staging.requireExclusive();
    staging.heartbeat = Heartbeat.start(staging, timer);
    StageBoundary.STAGING_OPENED.pass();
    return staging;
  }

  /**
   * The same, whose commit says what the table is, unless it withholds its rows.
   *
   * @param manifest null where the manifest's file says it
   */
  Staging stating(TableManifest manifest) {
    stated = manifest;
    return this;
  }

  /** What is there of a plan, without a sign of life. */
  static Staging at(TableDirectory table, Path directory) {
    return new Staging(table, "", directory, 1);
  }

  private static StagingPlaces below(Path directory) {
    return new StagingPlaces(
        directory.toString(),
        directory.toString(),
        directory.toString(),
        new Path(directory, "units").toString());
  }

  private StagingPlaces inPlace() {
    String name = TableDirectory.waveName(wave);
    return new StagingPlaces(
        table.absolute(name),
        table.absolute(Table.REJECTS + "/" + name),
        table.absolute("_vectormill/lists"),
        new Path(directory, "units").toString());
  }

  private void requireExclusive() {
    try {
      ExclusiveFile.requireExclusive(table.fs(), directory);
    } catch (IOException e) {
      throw failed("staging directory " + directory + " can't be written", e);
    }
  }

  /** Where tasks write. */
  public StagingPlaces places() {
    return places;
  }

  /**
   * Ends the signs of life of a run that is over, however it ended: a run that failed has published
   * and discarded nothing.
   *
   * @return number of staging directories that it had open in this process
   */
  public static int endRun(String runId) {
    return Heartbeat.endRun(runId);
  }

  String runId() {
    return runId;
  }

  /**
   * Says that a run of this plan is alive, unless the directory is gone: another run of the plan
   * has published, or somebody has cleaned up.
   */
  void beatWhereItIs() {
    if (lastBeat() >= 0) {
      beat();
    }
  }

  private void beat() {
    long before = lastBeat();
    try (OutputStream out = table.fs().create(new Path(directory, HEARTBEAT), true)) {
      out.write(runId.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // HDFS lets one writer have a file: another run of the plan beats, which is as good.
      if (lastBeat() == before) {
        throw failed("staging directory " + directory + " can't be written", e);
      }
    }
  }

  /** Modification time of the heartbeat, -1 where there is none. */
  private long lastBeat() {
    try {
      return table.fs().getFileStatus(new Path(directory, HEARTBEAT)).getModificationTime();
    } catch (FileNotFoundException e) {
      return -1;
    } catch (IOException e) {
      throw failed("staging directory " + directory + " can't be read", e);
    }
  }

  /** Publishes what an earlier run of this plan was about to publish when it was ended. */
  public Optional<WaveCommit> finishInterrupted() {
    String json = table.readOrNull(intentFile());
    if (json == null) {
      return Optional.empty();
    }
    PublishIntent intent = Json.read(json, PublishIntent.class, "intent " + intentFile());
    return settle(intent) ? Optional.of(intent.commit()) : Optional.empty();
  }

  /**
   * Publishes the staged files as the next wave and removes the staging directory.
   *
   * @throws VectormillException ({@link Fault#RETRY}) where another run published that wave first;
   *     the table is unchanged, and the units that are done stay so
   */
  public WaveCommit publish(
      List<DataFile> files,
      List<DataFile> rejectFiles,
      List<DataFile> replaced,
      List<DataFile> processed,
      List<String> inputWaves) {
    return publish(
        WaveContent.empty()
            .withRows(files, rejectFiles)
            .withHidden(replaced, List.of())
            .withDone(processed, inputWaves));
  }

  /** {@link #publish(List, List, List, List, List)} of everything that a wave may hold. */
  public WaveCommit publish(WaveContent content) {
    Map<String, String> moves = new LinkedHashMap<>();
    WaveCommit commit =
        WaveCommit.of(wave, runId, Instant.now().toString(), placed(content, moves));
    if (stated != null && !commit.withheld()) {
      commit = commit.stating(stated);
    }
    PublishIntent intent = new PublishIntent(commit, moves);
    writeDown(intent);
    StageBoundary.INTENT_WRITTEN.pass();
    if (!settle(intent)) {
      throw overtaken(table, wave);
    }
    return commit;
  }

  private WaveContent placed(WaveContent content, Map<String, String> moves) {
    String name = TableDirectory.waveName(wave);
    return new WaveContent(
        place(content.files(), name, moves),
        place(content.rejectFiles(), Table.REJECTS + "/" + name, moves),
        place(content.replaced(), "_vectormill/replaced", moves),
        place(content.removed(), "_vectormill/removed", moves),
        place(content.removedRejects(), "_vectormill/removed_rejects", moves),
        place(content.retried(), "_vectormill/retried", moves),
        place(content.processed(), "_vectormill/processed", moves),
        content.inputWaves(),
        content.compaction());
  }

  /**
   * The reason why a run failed: where another run has published the wave that this one was to
   * become, and so removed what they shared, that is it; else what was thrown.
   */
  public RuntimeException reasonOf(Exception thrown) {
    boolean known =
        thrown instanceof VectormillException e
            && e.getMessage().equals(overtaken(table, wave).getMessage());
    if (!known && isOvertaken()) {
      VectormillException reason = overtaken(table, wave);
      reason.initCause(thrown);
      return reason;
    }
    return thrown instanceof RuntimeException e
        ? e
        : new IllegalStateException(thrown.getMessage(), thrown);
  }

  private boolean isOvertaken() {
    return table.readCommit(wave) != null;
  }

  static VectormillException overtaken(TableDirectory table, int wave) {
    return new VectormillException(
        Fault.RETRY,
        "table "
            + table.root()
            + ": another run published wave "
            + wave
            + " first; run the same command again, work that still holds is not done again");
  }

  /** Another run of the plan may have come as far: what it began is finished or taken back. */
  private void writeDown(PublishIntent intent) {
    String content = Json.write(intent);
    while (!created(intentFile(), content) && !content.equals(table.readOrNull(intentFile()))) {
      var unused = finishInterrupted();
      if (isOvertaken()) {
        throw overtaken(table, wave);
      }
    }
  }

  /** Moves and commits; takes the moves back and returns false where another commit was first. */
  private boolean settle(PublishIntent intent) {
    WaveCommit commit = intent.commit();
    try {
      for (Map.Entry<String, String> move : intent.moves().entrySet()) {
        move(new Path(move.getKey()), new Path(table.root(), move.getValue()));
        StageBoundary.FILE_PLACED.pass();
      }
      syncPlaces(intent);
      StageBoundary.FILES_PLACED.pass();
      if (!ExclusiveFile.create(table.fs(), table.commit(commit.wave()), Json.write(commit))
          && !commit.equals(table.readCommit(commit.wave()))) {
        takeBack(intent);
        return false;
      }
      StageBoundary.COMMITTED.pass();
    } catch (IOException e) {
      throw failed(
          "wave " + commit.wave() + " of table " + table.root() + " can't be published", e);
    }
    if (commit.manifest() != null) {
      StatedManifest.settle(table);
    }
    discard();
    StageBoundary.STAGING_REMOVED.pass();
    return true;
  }

  /** A commit that is there after a loss of power must not list files whose names are not. */
  private void syncPlaces(PublishIntent intent) throws IOException {
    Set<Path> places =
        intent.moves().values().stream()
            .map(to -> new Path(table.root(), to).getParent())
            .collect(Collectors.toSet());
    for (Path place : places) {
      TableStore.syncDirectory(table.fs(), place);
    }
  }

  /** Runs of one plan share files, so what the other commit lists stays where it is. */
  private void takeBack(PublishIntent intent) throws IOException {
    Set<String> taken =
        table
            .readCommit(intent.commit().wave())
            .listed()
            .map(DataFile::path)
            .collect(Collectors.toSet());
    for (Map.Entry<String, String> move : intent.moves().entrySet()) {
      if (!taken.contains(move.getValue())) {
        move(new Path(table.root(), move.getValue()), new Path(move.getKey()));
      }
    }
    String there = table.readOrNull(intentFile());
    if (there != null
        && intent.equals(Json.read(there, PublishIntent.class, "intent " + intentFile()))) {
      table.fs().delete(intentFile(), false);
    }
  }

  /** Removes the staging directory; nothing is published. */
  public void discard() {
    if (heartbeat != null) {
      heartbeat.end();
    }
    try {
      table.fs().delete(directory, true);
    } catch (IOException e) {
      throw failed("staging directory " + directory + " can't be removed", e);
    }
  }

  /** The files with their paths in the table; those that are not there yet go into the moves. */
  private List<DataFile> place(List<DataFile> files, String below, Map<String, String> moves) {
    List<DataFile> placed = new ArrayList<>();
    for (DataFile file : files) {
      Path path = new Path(file.path());
      String relative = below + "/" + path.getName();
      if (table.renames()) {
        moves.put(file.path(), relative);
      } else {
        relative = table.relative(path);
      }
      placed.add(new DataFile(relative, file.rows(), file.bytes(), file.ids()));
    }
    return placed;
  }

  /** Moves a file unless it is there already: an interrupted run may have done so. */
  private void move(Path from, Path to) throws IOException {
    table.fs().mkdirs(to.getParent());
    boolean moved;
    try {
      moved = table.fs().rename(from, to);
    } catch (FileNotFoundException e) {
      moved = false;
    }
    if (!moved && !table.fs().exists(to)) {
      throw new IOException("file " + from + " can't be moved to " + to);
    }
  }

  private Path intentFile() {
    return new Path(directory, PublishIntent.FILE_NAME);
  }

  private boolean created(Path file, String content) {
    try {
      return ExclusiveFile.create(table.fs(), file, content);
    } catch (IOException e) {
      throw failed("file " + file + " can't be written", e);
    }
  }

  private static VectormillException failed(String what, IOException cause) {
    return new VectormillException(Fault.RETRY, what + ": " + cause.getMessage(), cause);
  }
}
