package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.vectormill.schemas.RejectReason;

class Utf8PropertiesTest {
  private static final String SEED = "20261125";

  @Property(seed = SEED)
  void textsComeBackWhole(@ForAll("texts") String text) throws RejectedException {
    String marked = text.startsWith("\ufeff") ? text.substring(1) : text;
    assertEquals(marked, Utf8.decode(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Bytes are valid where decoding and encoding them again gives the same bytes. */
  @Property(seed = SEED, tries = 3000)
  void bytesAreTakenWhereTheyAreUtf8AndOnlyThere(@ForAll("bytes") byte[] bytes) {
    byte[] again = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] taken = Utf8.decode(bytes).getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(
          Arrays.copyOfRange(bytes, bytes.length - taken.length, bytes.length), taken);
      assertArrayEquals(again, bytes);
    } catch (RejectedException e) {
      assertEquals(RejectReason.NOT_UTF8, e.reason());
      assertFalse(Arrays.equals(again, bytes), e.getMessage());
    }
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMaxSize(12)
        .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
  }

  /** Leading and continuation bytes beside each other, which random bytes seldom are. */
  @Provide
  Arbitrary<byte[]> bytes() {
    Arbitrary<Byte> one =
        Arbitraries.of(0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbb, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0)
            .map(Integer::byteValue);
    Arbitrary<Byte> high =
        Arbitraries.of(0xed, 0xef, 0xe2, 0xf0, 0xf1, 0xf4, 0xf5, 0xf8, 0xfe, 0xff)
            .map(Integer::byteValue);
    return Arbitraries.oneOf(one, high, one).array(byte[].class).ofMaxSize(8);
  }
}
