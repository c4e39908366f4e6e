package org.vectormill.udfs.text;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The terms of a text: runs of at least two letters, digits and marks of any script, in lower case,
 * after NFKC. Everything else parts them, the underscore too. Runs of more than {@link #LONGEST}
 * code points are no terms: scripts without spaces have them, and what is not language. Nothing is
 * stemmed, and no stop word is left out.
 *
 * <p>On words of letters and digits these are scikit-learn's, with its token pattern {@code
 * (?u)\b\w\w+\b}, but for underscores.
 */
public final class Terms {
  /** Most code points of a term. */
  public static final int LONGEST = 64;

  private static final int SHORTEST = 2;

  /** How often each term stands in the text; empty where there is none. The caller owns it. */
  public static Map<String, Integer> counts(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    Map<String, Integer> counts = new HashMap<>();
    int length = 0;
    int begin = 0;
    for (int i = 0; i < plain.length(); ) {
      int c = plain.codePointAt(i);
      if (isPart(c)) {
        begin = length == 0 ? i : begin;
        length++;
      } else {
        add(counts, plain, begin, i, length);
        length = 0;
      }
      i += Character.charCount(c);
    }
    add(counts, plain, begin, plain.length(), length);
    return counts;
  }

  private static void add(
      Map<String, Integer> counts, String text, int begin, int end, int length) {
    if (length >= SHORTEST && length <= LONGEST) {
      counts.merge(text.substring(begin, end), 1, Integer::sum);
    }
  }

  private static boolean isPart(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER ->
          true;
      default -> Character.isLetterOrDigit(c);
    };
  }

  private Terms() {}
}
