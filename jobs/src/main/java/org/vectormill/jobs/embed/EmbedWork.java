package org.vectormill.jobs.embed;

import java.util.List;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.jobs.wave.UnitWork;
import org.vectormill.schemas.ItemRow;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.pool.EncoderPool;

/** Encodes one slice of items: vectors and rejects into the sink. */
record EmbedWork(EncoderSpec spec, RuntimeOptions runtime, String fingerprint)
    implements UnitWork<RowSlice> {

  /** Name of the fact that counts what an executor has loaded. */
  static final String LOADS = "encoder_loads";

  static final String READ_SECONDS = "read_seconds";
  static final String ENCODE_SECONDS = "encode_seconds";
  static final String TOKENS = "tokens";

  @Override
  public void run(RowSlice slice, UnitSink sink) {
    long start = System.nanoTime();
    List<ItemRow> items = ItemSlices.read(slice, spec.modality(), sink);
    sink.fact(READ_SECONDS, (System.nanoTime() - start) / 1e9);
    EncodedItems encoded = new EncodedItems(sink, fingerprint);
    switch (spec.modality()) {
      case TEXT -> {
        TextEncoder encoder = EncoderPool.text(spec, runtime, sink.conf());
        encoded.put(items, () -> encoder.encode(texts(items)));
      }
      case IMAGE -> {
        ImageEncoder encoder = EncoderPool.image(spec, runtime, sink.conf());
        new ImageItems(sink, encoded).encode(items, encoder);
      }
    }
    sink.fact(LOADS, EncoderPool.loads());
  }

  private static String[] texts(List<ItemRow> items) {
    return items.stream().map(ItemRow::text).toArray(String[]::new);
  }
}
