package org.vectormill.udfs.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Memory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class NativeHeapTest {
  private static final int BLOCKS = 1000;
  private static final int BLOCK = 100_000;

  /** Blocks below a block that stays: glibc gives none of them back by itself. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void givesBackWhatLiesBetweenBlocksThatStay() throws IOException {
    assertTrue(NativeHeap.trims(), "glibc has malloc_trim");
    Memory[] blocks = new Memory[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = new Memory(BLOCK);
      blocks[i].clear();
    }
    try (Memory stays = new Memory(BLOCK)) {
      stays.clear();
      for (Memory block : blocks) {
        block.close();
      }
      long before = resident();
      NativeHeap.trim();
      long freed = before - resident();
      assertTrue(freed > BLOCKS * (long) BLOCK / 2, "gave back " + freed);
    }
  }

  private static long resident() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return 4096 * Long.parseLong(pages);
  }
}
