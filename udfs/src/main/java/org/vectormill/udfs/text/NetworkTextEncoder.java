package org.vectormill.udfs.text;

import java.util.ArrayList;
import java.util.List;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.RowWorkers;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.engine.Network;

/**
 * A transformer behind a {@link Network}: tokenises a unit once, runs it in batches of similar
 * length, pools the tokens. A call tokenises with the workers' threads and then lets the network
 * use its own.
 */
final class NetworkTextEncoder implements TextEncoder {
  private static final String PROBE = "a";

  private final TextTokenizer tokenizer;
  private final Network network;
  private final NetworkPass pass;
  private final int batchTokens;
  private final RowWorkers workers;
  private final int dimension;

  /**
   * How a loaded encoder runs.
   *
   * @param dimensions keep the first so many components; 0 for all
   * @param batchTokens budget of a batch
   * @param threads of tokenising
   */
  record Options(int dimensions, boolean normalise, int batchTokens, int threads) {}

  private final Options options;

  /**
   * Owns both, the tokenizer and the network; runs a text of one letter to learn the network's
   * dimension.
   *
   * @throws VectormillException ({@code ENCODER}) where the network takes other inputs or gives
   *     other shapes than a transformer, or fails; ({@code USAGE}) for more dimensions than it has
   */
  NetworkTextEncoder(
      TextTokenizer tokenizer, Network network, NetworkPass.Settings settings, Options options) {
    this.tokenizer = tokenizer;
    this.network = network;
    this.options = options;
    this.batchTokens = options.batchTokens();
    this.pass = new NetworkPass(network, settings);
    int full = probe();
    if (options.dimensions() > full) {
      throw VectormillException.usage(
          "dimensions must be at most the encoder's own, "
              + full
              + ", got "
              + options.dimensions());
    }
    this.dimension = options.dimensions() == 0 ? full : options.dimensions();
    this.workers = new RowWorkers("tokenizer", options.threads());
  }

  private int probe() {
    try {
      return pass.dimension(tokenizer.encode(PROBE).ids());
    } catch (VectormillException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new VectormillException(
          Fault.ENCODER, "the network failed on a text of one letter: " + e.getMessage(), e);
    }
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public EncodedRows encode(String[] texts) {
    VectorRows rows = new VectorRows(texts.length, dimension, options.normalise());
    long[][] ids = tokenise(texts, rows);
    int[] lengths = new int[ids.length];
    for (int row = 0; row < ids.length; row++) {
      lengths[row] = ids[row] == null ? 0 : ids[row].length;
    }
    Bisection bisection = new Bisection(rows, batch -> run(batch, ids, rows));
    for (int[] batch : TokenBatches.plan(lengths, batchTokens, pass.maxRows())) {
      bisection.run(batch);
    }
    bisection.requireSomeSuccess(texts.length);
    return rows.done();
  }

  private void run(int[] batch, long[][] ids, VectorRows rows) {
    List<long[]> texts = new ArrayList<>(batch.length);
    for (int row : batch) {
      texts.add(ids[row]);
    }
    pass.run(texts, (i, vector) -> rows.put(batch[i], vector));
  }

  /** Token ids of each row; null where the row has failed already. */
  private long[][] tokenise(String[] texts, VectorRows rows) {
    long[][] ids = new long[texts.length][];
    workers.run(
        texts.length,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            ids[row] = tokenise(texts[row], row, rows);
          }
        });
    return ids;
  }

  private long[] tokenise(String text, int row, VectorRows rows) {
    try {
      Tokens tokens = tokenizer.encode(text);
      rows.tokens(row, tokens.ids().length, tokens.truncated());
      if (tokens.ids().length == 0) {
        rows.fail(row, RejectReason.EMPTY, "the tokenizer makes no token of this text");
        return null;
      }
      return tokens.ids();
    } catch (RuntimeException e) {
      rows.fail(row, RejectReason.ENCODER_FAILED, "the tokenizer failed: " + e.getMessage());
      return null;
    }
  }

  @Override
  public void close() {
    workers.close();
    tokenizer.close();
    network.close();
  }
}
