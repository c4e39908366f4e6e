package org.vectormill.udfs.vectors;

import org.vectormill.schemas.IdSetHash;

/** Random numbers that belong to a row, not to the place where it lies. */
public final class RowKey {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /** 64 bits that stand for an id. */
  public static long of(String id) {
    return IdSetHash.of(id).low();
  }

  /** 64 random bits of a row for a seed: the finaliser of SplitMix64 (Steele et al. 2014). */
  public static long random(long seed, long key) {
    long z = key + GOLDEN * (seed + 1);
    z = mix(z) ^ mix(seed * GOLDEN);
    return mix(z + GOLDEN);
  }

  /** A random number of a row for a seed, from 0 to below 1. */
  public static double uniform(long seed, long key) {
    return (random(seed, key) >>> 11) * 0x1p-53;
  }

  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  private RowKey() {}
}
