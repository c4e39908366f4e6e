package org.vectormill.jobs.ingest.read;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;

/**
 * What an item may be at most.
 *
 * @param textChars Unicode code points of a text
 * @param pixels of an image, found in its header
 * @param itemBytes encoded bytes of one item or record; what a task holds at once
 */
public record Limits(int textChars, long pixels, int itemBytes) implements Serializable {
  private static final int MOST_ITEM_BYTES = 1 << 30;

  public Limits {
    if (textChars < 1) {
      throw VectormillException.usage("--max-text-chars must be >= 1, got " + textChars);
    }
    if (pixels < 1) {
      throw VectormillException.usage("--max-pixels must be >= 1, got " + pixels);
    }
    if (itemBytes < 1 || itemBytes > MOST_ITEM_BYTES) {
      throw VectormillException.usage(
          "--max-item-bytes must be from 1 to " + MOST_ITEM_BYTES + ", got " + itemBytes);
    }
  }
}
