package org.vectormill.jobs.clustering;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vectormill.jobs.wave.WaveRun;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

class StagedNotesTest {
  @TempDir Path dir;

  @Test
  void anyWholeFileOfAWorkerWillDo() throws Exception {
    byte[] note = {1, 2, 3, 4};
    try (SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate();
        StagedNotes notes =
            new StagedNotes(WaveRun.broadcastConf(spark), dir.resolve("notes").toString())) {
      notes.forgetBefore(3);
      assertEquals(Fault.RETRY, missing(notes, 2, 7).fault());
      notes.keep(2, 7, new byte[] {1, 2});
      assertEquals(Fault.RETRY, missing(notes, 2, 7).fault(), "a kill left it shorter");
      notes.keep(2, 7, note);
      notes.keep(2, 7, note);
      assertArrayEquals(note, notes.kept(2, 7, 4), "of two attempts either will do");
      assertTrue(missing(notes, 2, 8).getMessage().contains("worker 8"));
      notes.keep(3, 7, note);
      Files.createDirectory(dir.resolve("notes/somebody-elses"));
      notes.forgetBefore(3);
      assertEquals(Fault.RETRY, missing(notes, 2, 7).fault());
      assertArrayEquals(note, notes.kept(3, 7, 4));
    }
  }

  private static VectormillException missing(StagedNotes notes, int part, int worker) {
    return assertThrows(VectormillException.class, () -> notes.kept(part, worker, 4));
  }
}
