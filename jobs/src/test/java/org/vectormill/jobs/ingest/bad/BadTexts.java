package org.vectormill.jobs.ingest.bad;

import static org.vectormill.jobs.ingest.bad.BadInput.file;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files, each an item. */
final class BadTexts {
  /**
   * @param mostChars limit of a text's length in the run
   * @param mostBytes limit of an item's bytes in the run
   */
  static List<BadInput> all(int mostChars, int mostBytes) {
    return List.of(
        file("no bytes", "empty.txt", new byte[0], "empty"),
        file("white space", "blank.txt", Bytes.utf8(" \t\r\n\n"), "empty"),
        file("white space beyond ASCII", "wide.txt", Bytes.utf8("\u00a0\u2003\u3000"), "empty"),
        file("a byte order mark alone", "mark.txt", Bytes.utf8("\ufeff"), "empty"),
        file("Latin-1", "latin1.txt", Bytes.latin1("caf\u00e9 au lait"), "not_utf8"),
        file("UTF-16", "utf16.txt", "text".getBytes(StandardCharsets.UTF_16), "not_utf8"),
        file("a character cut off", "cut.txt", Bytes.of('a', 0xe2, 0x82), "not_utf8"),
        file("a lone continuation byte", "lone.txt", Bytes.of('a', 0x80, 'b'), "not_utf8"),
        file("an overlong NUL", "overlong.txt", Bytes.of('a', 0xc0, 0x80), "not_utf8"),
        file("a surrogate", "surrogate.txt", Bytes.of('a', 0xed, 0xa0, 0x80), "not_utf8"),
        file("beyond U+10FFFF", "beyond.txt", Bytes.of(0xf4, 0x90, 0x80, 0x80), "not_utf8"),
        file("five-byte UTF-8", "five.txt", Bytes.of(0xf8, 0x88, 0x80, 0x80, 0x80), "not_utf8"),
        file("too many characters", "long.txt", Bytes.utf8("x".repeat(mostChars + 1)), "too_long"),
        file("too many bytes", "large.txt", Bytes.utf8("x".repeat(mostBytes + 1)), "too_long"),
        file("no gzip", "plain.txt.gz", Bytes.utf8("plain"), "malformed_record"),
        file("half a gzip", "half.txt.gz", halfGzip(), "truncated"),
        file("a gzip bomb", "bomb.txt.gz", Bytes.gzip(new byte[10 * mostBytes]), "too_long"),
        file("no zstd", "plain.txt.zst", Bytes.utf8("plain text"), "malformed_record"),
        file("no bzip2", "plain.txt.bz2", Bytes.utf8("plain text"), "malformed_record"));
  }

  private static byte[] halfGzip() {
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(5);
    for (int i = 0; i < 20; i++) {
      text.append(random.nextLong());
    }
    return Bytes.half(Bytes.gzip(Bytes.utf8(text.toString())));
  }

  private BadTexts() {}
}
