package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static final long SECOND = 1_000_000_000L;

  private final StringWriter out = new StringWriter();
  private final AtomicLong now = new AtomicLong(5);

  private ProgressLine progress(boolean terminal) {
    return new ProgressLine(new PrintWriter(out, true), terminal, now::get);
  }

  @Test
  void printsAPlainLineEveryTenSeconds() {
    ProgressLine progress = progress(false);
    progress.start("embed", 100, "rows");
    now.addAndGet(4 * SECOND);
    progress.advance(10);
    assertEquals("", out.toString());
    now.addAndGet(6 * SECOND);
    progress.advance(10);
    assertEquals("embed: 20 of 100 rows (20 %), 2/s, 40 s left\n", out.toString());
  }

  @Test
  void saysNothingOfAStageThatIsOverAtOnce() {
    try (ProgressLine progress = progress(false)) {
      progress.start("embed", 100, "rows");
      progress.advance(100);
    }
    assertEquals("", out.toString());
  }

  @Test
  void updatesOneLineOnATerminal() {
    try (ProgressLine progress = progress(true)) {
      progress.start("list", 0, "files");
      now.addAndGet(SECOND);
      progress.advance(3);
    }
    assertEquals(
        "\r\u001b[Klist: 0 files, 0/s\r\u001b[Klist: 3 files, 3/s\r\u001b[Klist: 3 files, 3/s\n",
        out.toString());
  }

  @Test
  void tellsMinutesAndHoursLeft() {
    ProgressLine progress = progress(false);
    progress.start("a", 1000, "rows");
    now.addAndGet(100 * SECOND);
    progress.advance(500);
    assertTrue(out.toString().contains("1 min 40 s left"), out.toString());
    progress.start("b", 100_000, "rows");
    now.addAndGet(100 * SECOND);
    progress.advance(1000);
    assertTrue(out.toString().contains("2 h 45 min left"), out.toString());
  }

  @Test
  void isSilentWhereItWasSentToATask() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(progress(true));
    }
    try (ObjectInputStream stream =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        ProgressLine copy = (ProgressLine) stream.readObject()) {
      copy.start("embed", 10, "rows");
      copy.advance(10);
    }
    assertEquals("", out.toString());
  }
}
