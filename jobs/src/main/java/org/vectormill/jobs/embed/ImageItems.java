package org.vectormill.jobs.embed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vectormill.jobs.wave.UnitSink;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.encode.ImageEncoder;

/**
 * Brings images to an encoder in blocks of bounded bytes, whose bounds depend on the items alone.
 * What is not inlined is read from its source and must be what was ingested.
 */
final class ImageItems {
  private static final long BLOCK_BYTES = 32L << 20;

  private final UnitSink sink;
  private final EncodedItems encoded;
  private final List<ItemRow> items = new ArrayList<>();
  private final List<byte[]> images = new ArrayList<>();

  ImageItems(UnitSink sink, EncodedItems encoded) {
    this.sink = sink;
    this.encoded = encoded;
  }

  void encode(List<ItemRow> rows, ImageEncoder encoder) {
    long bytes = 0;
    for (ItemRow row : rows) {
      if (bytes > 0 && bytes + row.sourceSize() > BLOCK_BYTES) {
        flush(encoder);
        bytes = 0;
      }
      bytes += row.sourceSize();
      add(row);
    }
    flush(encoder);
  }

  private void add(ItemRow item) {
    byte[] image = item.image() == null ? fromSource(item) : item.image();
    if (image != null) {
      items.add(item);
      images.add(image);
    }
  }

  /** The source's bytes, or null where they make a reject. */
  private byte[] fromSource(ItemRow item) {
    try {
      Optional<byte[]> image =
          new ItemImage(item.source(), item.sourceSize(), item.contentHash()).read(sink.conf());
      if (image.isPresent()) {
        return image.get();
      }
      reject(
          item,
          RejectReason.CHANGED,
          "the source's bytes are no longer those that were ingested; ingest it again");
    } catch (IOException e) {
      reject(item, RejectReason.UNREADABLE, "the source can't be read: " + e.getMessage());
    }
    return null;
  }

  private void reject(ItemRow item, RejectReason reason, String message) {
    sink.reject(item.id(), item.source(), item.contentHash(), reason, message);
  }

  private void flush(ImageEncoder encoder) {
    byte[][] block = images.toArray(byte[][]::new);
    encoded.put(items, () -> encoder.encode(block));
    items.clear();
    images.clear();
  }
}
