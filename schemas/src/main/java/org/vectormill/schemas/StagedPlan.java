package org.vectormill.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The staging directory of a plan, as one finds it.
 *
 * @param beat when a run of the plan last lived: the heartbeat's time, that of the newest file
 *     where there is none
 */
record StagedPlan(TableDirectory table, Path directory, Instant beat) {
  private static final String STAGING = "staging";

  /** Plans that have a directory. */
  static List<StagedPlan> list(TableDirectory table) {
    return table.list(table.internal(STAGING)).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> new StagedPlan(table, status.getPath(), beat(table, status)))
        .toList();
  }

  private static Instant beat(TableDirectory table, FileStatus plan) {
    List<FileStatus> files = table.listDeep(plan.getPath());
    long millis =
        files.stream()
            .filter(file -> file.getPath().getName().equals(Staging.HEARTBEAT))
            .mapToLong(FileStatus::getModificationTime)
            .findFirst()
            .orElseGet(
                () ->
                    files.stream()
                        .mapToLong(FileStatus::getModificationTime)
                        .max()
                        .orElse(plan.getModificationTime()));
    return Instant.ofEpochMilli(millis);
  }

  /** What a run was about to publish; empty where none was. */
  Optional<PublishIntent> intent() {
    Path file = new Path(directory, PublishIntent.FILE_NAME);
    return Optional.ofNullable(table.readOrNull(file))
        .map(json -> Json.read(json, PublishIntent.class, "intent " + file));
  }

  /** Paths, relative to the table, that a run was about to bring to their place. */
  Set<String> targets() {
    return intent().map(intent -> Set.copyOf(intent.moves().values())).orElse(Set.of());
  }

  /** Publishes what a run was about to publish, or takes it back where its wave is taken. */
  Optional<WaveCommit> settle() {
    return Staging.at(table, directory).finishInterrupted();
  }

  Leftover leftover() {
    List<FileStatus> files = table.listDeep(directory);
    return new Leftover(
        Leftover.Kind.STAGED,
        directory.toString(),
        files.size(),
        files.stream().mapToLong(FileStatus::getLen).sum());
  }
}
