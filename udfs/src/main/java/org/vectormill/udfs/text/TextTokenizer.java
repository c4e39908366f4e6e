package org.vectormill.udfs.text;

import java.util.Locale;

/**
 * Texts to token ids with special tokens, prefix, and truncation, as sentence-transformers prepares
 * them: prefix and text are one string, without white space at its ends. Safe for use by several
 * threads at once.
 */
final class TextTokenizer implements AutoCloseable {
  private static final int CHARS_PER_TOKEN = 16;
  private static final int SHORT_TEXT = 1024;

  /**
   * How texts are prepared.
   *
   * @param prefix put before each text
   * @param maxLength most tokens, special ones and the prefix's included
   * @param side on which tokens are left out
   * @param lowerCase whether texts are lower-cased before the tokenizer sees them
   */
  record Settings(String prefix, int maxLength, TokenizerFile.Side side, boolean lowerCase) {}

  private final Settings settings;
  private final NativeTokenizer tokenizer;
  private final boolean cuts;
  private final int prefixTokens;

  TextTokenizer(TokenizerFile file, Settings settings) {
    this.settings = settings;
    this.tokenizer = file.load(settings.maxLength(), settings.side());
    this.cuts = file.splitsAtSpaces() && settings.side() == TokenizerFile.Side.RIGHT;
    this.prefixTokens = settings.prefix().isEmpty() ? 0 : countPrefix();
  }

  private int countPrefix() {
    String prefix = prepare("");
    return tokenizer.encode(prefix, true).ids().length - tokenizer.closing(prefix);
  }

  /** Tokens of the prefix and the special ones before it; 0 where there is no prefix. */
  int prefixTokens() {
    return prefixTokens;
  }

  /**
   * The text's tokens.
   *
   * <p>Of a very long text only as much is tokenised as gives the first tokens: it is cut at a
   * space between two letters where the tokenizer splits there anyway, so that nothing after the
   * cut can change a token before it. Tokenizers that may join words take the whole text (about 100
   * bytes of native memory a character).
   */
  Tokens encode(String text) {
    String whole = prepare(text);
    long limit = (long) settings.maxLength() * CHARS_PER_TOKEN + SHORT_TEXT;
    for (; cuts && limit < whole.length(); limit *= 2) {
      int cut = spaceBetweenLetters(whole, (int) limit);
      if (cut < 0) {
        break;
      }
      Tokens tokens = tokenizer.encode(whole.substring(0, cut), true);
      if (tokens.truncated()) {
        return tokens;
      }
    }
    return tokenizer.encode(whole, true);
  }

  private String prepare(String text) {
    String whole = settings.prefix() + text;
    int from = 0;
    int to = whole.length();
    while (from < to && isSpace(whole.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(whole.charAt(to - 1))) {
      to--;
    }
    String stripped = whole.substring(from, to);
    return settings.lowerCase() ? stripped.toLowerCase(Locale.ROOT) : stripped;
  }

  /** White space as Python's {@code str.strip} takes it, no-break spaces included. */
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Index of the first such space at {@code from} or later; -1 where there is none. */
  static int spaceBetweenLetters(String text, int from) {
    for (int i = text.indexOf(' ', Math.max(from, 1)); i > 0; i = text.indexOf(' ', i + 1)) {
      if (i + 1 < text.length()
          && Character.isLetter(text.charAt(i - 1))
          && Character.isLetter(text.charAt(i + 1))) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
