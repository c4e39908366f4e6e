package org.vectormill.jobs.failure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk in memory of a size that a test chooses; Linux, and only as root. */
final class SmallDisk implements AutoCloseable {
  private final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** The test is skipped where no disk can be made. */
  static SmallDisk mount(Path place, int kib) throws IOException, InterruptedException {
    Files.createDirectory(place);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + kib + "k", "tmpfs", place.toString()),
        "a small disk needs tmpfs and the right to mount it");
    return new SmallDisk(place);
  }

  Path place() {
    return place;
  }

  void resize(int kib) throws IOException, InterruptedException {
    if (!run("mount", "-o", "remount,size=" + kib + "k", place.toString())) {
      throw new IOException(place + " can't be given another size");
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      return builder.redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (!run("umount", place.toString())) {
      throw new IOException(place + " can't be unmounted");
    }
  }
}
