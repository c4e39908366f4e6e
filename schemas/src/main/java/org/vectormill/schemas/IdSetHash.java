package org.vectormill.schemas;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Count and order-free 128-bit hash of a multiset of ids: the sum modulo 2^128 of each id's
 * MurmurHash3 x64 128 (seed 0). A sum, not an exclusive or, so that an id that is lost and another
 * that is doubled do not cancel.
 *
 * @param count number of ids, repeated ones counted each time
 * @param high upper 64 bits of the sum
 * @param low lower 64 bits of the sum
 */
public record IdSetHash(long count, long high, long low) implements Serializable {
  public static final IdSetHash EMPTY = new IdSetHash(0, 0, 0);

  /** Hash of the multiset with {@code id} alone. */
  public static IdSetHash of(String id) {
    long[] hash = MurmurHash3.hash128x64(id.getBytes(StandardCharsets.UTF_8));
    return new IdSetHash(1, hash[0], hash[1]);
  }

  /** Hash of the union, multiplicities added. */
  public IdSetHash plus(IdSetHash other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new IdSetHash(count + other.count, high + other.high + carry, sum);
  }

  /** Hash of this multiset without {@code other}, which it must hold. */
  public IdSetHash minus(IdSetHash other) {
    long difference = low - other.low;
    long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
    return new IdSetHash(count - other.count, high - other.high - borrow, difference);
  }

  /** The 128 bits as 32 lower-case hex digits. */
  public String hex() {
    return String.format("%016x%016x", high, low);
  }

  /** The hash with this count and these {@link #hex()} digits. */
  public static IdSetHash ofHex(long count, String hex) {
    BigInteger bits = new BigInteger(hex, 16);
    return new IdSetHash(count, bits.shiftRight(64).longValue(), bits.longValue());
  }
}
