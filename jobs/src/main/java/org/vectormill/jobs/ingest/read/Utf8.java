package org.vectormill.jobs.ingest.read;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.vectormill.schemas.RejectReason;

/** Strict UTF-8: what is not valid is refused, never replaced. */
final class Utf8 {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** The text; a byte order mark at its beginning is no part of it. */
  static String decode(byte[] bytes) throws RejectedException {
    int from = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(bytes.length - from);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      String value = HexFormat.of().withUpperCase().toHexDigits(bytes[in.position()]);
      throw new RejectedException(
          RejectReason.NOT_UTF8,
          "byte 0x" + value + " at position " + in.position() + " is not valid UTF-8");
    }
    return out.flip().toString();
  }

  /** Refuses a text that UTF-8 can't hold: one with half of a surrogate pair. */
  static String requireEncodable(String text) throws RejectedException {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new RejectedException(
          RejectReason.NOT_UTF8, "the text has half of a surrogate pair, which UTF-8 can't hold");
    }
    return text;
  }

  /** The bytes that a file may begin with to say that it is UTF-8. */
  static byte[] byteOrderMark() {
    return BYTE_ORDER_MARK.clone();
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  private Utf8() {}
}
