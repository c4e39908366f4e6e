package org.vectormill.udfs.text;

import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.RowWorkers;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.TextEncoder;

/**
 * Mean of token vectors, as model2vec computes it: no special tokens, the text cut to {@code
 * maxLength} x the median token's characters and then to {@code maxLength} tokens, unknown tokens
 * left out. {@code tokens} counts those that are left.
 */
final class StaticTextEncoder implements TextEncoder {
  private final NativeTokenizer tokenizer;
  private final StaticTable table;
  private final Options options;
  private final int dimension;
  private final int unknown;
  private final long maxCharacters;
  private final RowWorkers workers;

  /**
   * How a loaded encoder runs.
   *
   * @param prefix put before each text
   * @param maxLength most tokens
   * @param dimensions keep the first so many components; 0 for all
   * @param threads of one call
   */
  record Options(String prefix, int maxLength, int dimensions, boolean normalise, int threads) {}

  /**
   * @throws VectormillException ({@code USAGE}) for more dimensions than the table has
   */
  StaticTextEncoder(TokenizerFile file, StaticTable table, Options options) {
    if (options.dimensions() > table.dimension()) {
      throw VectormillException.usage(
          "dimensions must be at most the encoder's own, "
              + table.dimension()
              + ", got "
              + options.dimensions());
    }
    this.table = table;
    this.options = options;
    this.dimension = options.dimensions() == 0 ? table.dimension() : options.dimensions();
    this.unknown = file.unknown().orElse(-1);
    this.maxCharacters = (long) options.maxLength() * file.medianLength();
    this.tokenizer = file.load(options.maxLength(), TokenizerFile.Side.RIGHT);
    this.workers = new RowWorkers("static-text", options.threads());
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public EncodedRows encode(String[] texts) {
    VectorRows rows = new VectorRows(texts.length, dimension, options.normalise());
    workers.run(
        texts.length,
        (from, to) -> {
          double[] vector = new double[table.dimension()];
          for (int row = from; row < to; row++) {
            encode(options.prefix() + texts[row], row, rows, vector);
          }
        });
    return rows.done();
  }

  private void encode(String text, int row, VectorRows rows, double[] vector) {
    int length = kept(text);
    Tokens tokens;
    try {
      tokens = tokenizer.encode(text.substring(0, length), false);
    } catch (RuntimeException e) {
      rows.fail(row, RejectReason.ENCODER_FAILED, "the tokenizer failed: " + e.getMessage());
      return;
    }
    int known = table.mean(tokens.ids(), unknown, vector);
    rows.tokens(row, known, tokens.truncated() || length < text.length());
    if (known == 0) {
      rows.fail(row, RejectReason.ZERO_VECTOR, "no token of this text is in the vocabulary");
    } else {
      rows.put(row, vector);
    }
  }

  /** Length of the part within the limit of characters (code points). */
  private int kept(String text) {
    if (text.length() <= maxCharacters || text.codePointCount(0, text.length()) <= maxCharacters) {
      return text.length();
    }
    return text.offsetByCodePoints(0, (int) maxCharacters);
  }

  @Override
  public void close() {
    workers.close();
    tokenizer.close();
  }
}
