package org.vectormill.jobs.embed;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.VectorRows;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.RowFailure;

/** Puts what an encoder made of items into the sink: a vector or a reject for each. */
final class EncodedItems {
  private final UnitSink sink;
  private final String fingerprint;

  EncodedItems(UnitSink sink, String fingerprint) {
    this.sink = sink;
    this.fingerprint = fingerprint;
  }

  /** Encodes the items, unless there are none, and puts all of them. */
  void put(List<ItemRow> items, Supplier<EncodedRows> encode) {
    if (items.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    EncodedRows encoded = encode.get();
    sink.fact(EmbedWork.ENCODE_SECONDS, (System.nanoTime() - start) / 1e9);
    if (encoded.tokens() != null) {
      sink.fact(EmbedWork.TOKENS, Arrays.stream(encoded.tokens()).asLongStream().sum());
    }
    int[] good = new int[items.size()];
    int count = 0;
    for (int i = 0; i < items.size(); i++) {
      RowFailure failure = encoded.failures()[i];
      if (failure == null) {
        good[count++] = i;
      } else {
        ItemRow item = items.get(i);
        sink.reject(
            item.id(), item.source(), item.contentHash(), failure.reason(), failure.message());
      }
    }
    if (count > 0) {
      sink.vectors(rows(items, encoded, Arrays.copyOf(good, count)));
    }
  }

  private VectorRows rows(List<ItemRow> items, EncodedRows encoded, int[] good) {
    int n = good.length;
    int d = encoded.dimension();
    boolean all = n == items.size();
    float[] values = all ? encoded.values() : new float[n * d];
    int[] tokens = encoded.tokens() == null ? null : new int[n];
    boolean[] truncated = new boolean[n];
    String[] ids = new String[n];
    String[] hashes = new String[n];
    for (int i = 0; i < n; i++) {
      int from = good[i];
      ids[i] = items.get(from).id();
      hashes[i] = items.get(from).contentHash();
      truncated[i] = encoded.truncated()[from];
      if (tokens != null) {
        tokens[i] = encoded.tokens()[from];
      }
      if (!all) {
        System.arraycopy(encoded.values(), from * d, values, i * d, d);
      }
    }
    return new VectorRows(ids, hashes, fingerprint, d, values, tokens, truncated);
  }
}
