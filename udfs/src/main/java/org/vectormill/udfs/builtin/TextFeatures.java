package org.vectormill.udfs.builtin;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A handcrafted text descriptor: words and their character n-grams, hashed with signs (Weinberger
 * et al., Feature Hashing for Large Scale Multitask Learning, 2009; several components for each
 * feature, Kane and Nelson, Sparser Johnson-Lindenstrauss Transforms, 2014). Long words weigh more,
 * up to a length, because the most frequent words of most languages are short; counts enter by
 * their square root.
 *
 * <p>Only exactly rounded operations are used, so values don't depend on the machine. One thread at
 * a time.
 */
final class TextFeatures {
  /** Length of a descriptor. */
  static final int DIMENSION = 256;

  private static final int BLOCKS = 4;
  private static final int BLOCK = DIMENSION / BLOCKS;
  private static final int SHORTEST_GRAM = 2;
  private static final int LONGEST_GRAM = 4;
  private static final int FULL_WEIGHT_LENGTH = 5;
  private static final double WORD_SHARE = 0.16;

  /** Longer runs, as in scripts without spaces, are several words. */
  private static final int LONGEST_WORD = 64;

  private static final int EDGE = ' ';
  private static final long WORD_SEED = 0x9e3779b97f4a7c15L;
  private static final long GRAM_SEED = 0xc2b2ae3d27d4eb4fL;

  private final FeatureSums sums = new FeatureSums();
  private final int[] word = new int[LONGEST_WORD + 2];
  private final int maxWords;
  private int words;
  private boolean truncated;

  /**
   * @param maxWords words of a text that count
   */
  TextFeatures(int maxWords) {
    this.maxWords = maxWords;
  }

  /** Describes the text; all zero where it has no word. */
  double[] of(String text) {
    sums.clear();
    words = 0;
    truncated = false;
    read(Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT));
    return project();
  }

  /** Words of the last text that counted. */
  int words() {
    return words;
  }

  /** Whether the last text had more words than count. */
  boolean truncated() {
    return truncated;
  }

  private void read(String text) {
    int length = 0;
    for (int i = 0; i < text.length() && !truncated; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isWordPart(c)) {
        word[++length] = c;
      }
      if (length == LONGEST_WORD || (length > 0 && !isWordPart(c))) {
        end(length);
        length = 0;
      }
    }
    if (length > 0) {
      end(length);
    }
  }

  /** Letters, digits and marks of any script, and symbols such as emoji. */
  private static boolean isWordPart(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.OTHER_SYMBOL ->
          true;
      default -> Character.isLetterOrDigit(c);
    };
  }

  private void end(int length) {
    if (words == maxWords) {
      truncated = true;
      return;
    }
    words++;
    word[0] = EDGE;
    word[length + 1] = EDGE;
    int weight = Math.min(length, FULL_WEIGHT_LENGTH);
    double energy = weight * weight;
    sums.add(hash(WORD_SEED, 1, length), WORD_SHARE * energy);
    int framed = length + 2;
    for (int n = SHORTEST_GRAM; n <= Math.min(LONGEST_GRAM, framed); n++) {
      int grams = framed - n + 1;
      for (int i = 0; i < grams; i++) {
        sums.add(hash(GRAM_SEED, i, n), energy / grams);
      }
    }
  }

  /** Hash of n code points, mixed so that every bit depends on every code point. */
  private long hash(long seed, int from, int n) {
    long h = seed + n;
    for (int i = from; i < from + n; i++) {
      h = (h ^ word[i]) * 0x9fb21c651e98df25L;
      h ^= h >>> 32;
    }
    h *= 0xff51afd7ed558ccdL;
    h ^= h >>> 33;
    h *= 0xc4ceb9fe1a85ec53L;
    return h ^ h >>> 33;
  }

  /** Each feature adds its square root, with a sign, to one component of each block. */
  private double[] project() {
    double[] vector = new double[DIMENSION];
    for (int i = 0; i < sums.size(); i++) {
      double value = Math.sqrt(sums.sum(i));
      long bits = sums.feature(i);
      for (int block = 0; block < BLOCKS; block++) {
        // The low bits choose the slot in the sums, the others are free.
        int choice = (int) (bits >>> (16 + 12 * block));
        int component = block * BLOCK + (choice & BLOCK - 1);
        vector[component] += (choice & BLOCK) == 0 ? value : -value;
      }
    }
    return vector;
  }
}
