package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000);

  @TempDir Path dir;

  private Path file;
  private Staging staging;
  private Runnable tick;
  private boolean ended;

  @BeforeEach
  void openStaging() {
    Table table =
        Table.openOrCreate(
            new Configuration(false),
            dir.toString(),
            new TableManifest("items", 1, null, null, null, null, null, List.of(), Map.of(), "t"));
    file = dir.resolve("_vectormill/staging/plan/heartbeat");
    staging = Staging.open(table.directory(), "plan", "run", 0, this::repeat);
  }

  @AfterEach
  void endRun() {
    Staging.endRun("run");
  }

  private Runnable repeat(Runnable beat) {
    tick = beat;
    return () -> ended = true;
  }

  /** Whether a tick of the timer is a sign of life. */
  private boolean beats() throws IOException {
    Files.setLastModifiedTime(file, LONG_AGO);
    tick.run();
    return Files.getLastModifiedTime(file).compareTo(LONG_AGO) > 0;
  }

  @Test
  void beatsFromTheOpeningOnWhateverTheRunDoes() throws IOException {
    assertTrue(Files.exists(file));
    assertTrue(beats());
    assertTrue(beats());
  }

  @Test
  void endsWithThePublicationAndLeavesNoDirectory() {
    staging.publish(List.of(), List.of(), List.of(), List.of(), List.of("in#1"));
    assertTrue(ended);
    tick.run();
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void endsWhereStagingIsDiscarded() {
    staging.discard();
    assertTrue(ended);
    tick.run();
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void endsWithItsRunAndNoOther() throws IOException {
    assertEquals(0, Staging.endRun("another"));
    assertTrue(beats());
    assertEquals(1, Staging.endRun("run"));
    assertTrue(ended);
    assertFalse(beats());
    assertEquals(0, Staging.endRun("run"));
  }

  @Test
  void doesNotMakeADirectoryAgainThatAnotherRunRemoved() throws IOException {
    Files.delete(file);
    Files.delete(file.getParent());
    tick.run();
    assertFalse(Files.exists(file.getParent()));
  }

  @Test
  void goesOnAfterABeatThatFailed() throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
    tick.run();
    Files.delete(file);
    Files.createFile(file);
    assertTrue(beats());
  }
}
