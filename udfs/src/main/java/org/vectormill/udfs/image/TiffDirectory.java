package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/** The first image file directory of a TIFF (TIFF 6.0, section 2): tags to small numbers. */
final class TiffDirectory {
  static final int WIDTH = 256;
  static final int HEIGHT = 257;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES = 277;
  static final int STRIP_SIZES = 279;
  static final int COLOUR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_HEIGHT = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_SIZES = 325;
  static final int JPEG_TABLES = 347;

  private final ByteView file;
  private final boolean little;
  private final long start;
  private final int entries;

  TiffDirectory(ByteView file) throws ImageRejectedException {
    this.file = file;
    this.little = file.u8(0) == 'I';
    this.start = u32(4);
    this.entries = u16(start);
    file.require(start + 2 + 12L * entries, "the TIFF directory");
  }

  /** The first value of a tag, or {@code other} where the tag is missing. */
  long value(int tag, long other) throws ImageRejectedException {
    long entry = entry(tag);
    return entry < 0 || u32(entry + 4) == 0 ? other : value(entry, 0);
  }

  /** Refuses a file that ends before the data that these two tags list. */
  void requireData(int offsets, int sizes) throws ImageRejectedException {
    long offset = entry(offsets);
    long size = entry(sizes);
    if (offset < 0 || size < 0) {
      return;
    }
    long count = Math.min(u32(offset + 4), u32(size + 4));
    for (long i = 0; i < count; i++) {
      file.require(value(offset, i) + value(size, i), "TIFF image data");
    }
  }

  /** Refuses a file that ends before a tag's own values do. */
  void requireValues(int tag, int valueBytes) throws ImageRejectedException {
    long entry = entry(tag);
    long bytes = entry < 0 ? 0 : u32(entry + 4) * valueBytes;
    if (bytes > 4) {
      file.require(u32(entry + 8) + bytes, "TIFF tag " + tag);
    }
  }

  /** Position of a tag's entry; -1 where it is missing. */
  private long entry(int tag) throws ImageRejectedException {
    for (int i = 0; i < entries; i++) {
      long entry = start + 2 + 12L * i;
      if (u16(entry) == tag) {
        return entry;
      }
    }
    return -1;
  }

  private long value(long entry, long index) throws ImageRejectedException {
    int type = u16(entry + 2);
    int size =
        switch (type) {
          case 1 -> 1;
          case 3 -> 2;
          case 4, 13 -> 4;
          default ->
              throw new ImageRejectedException(
                  RejectReason.UNDECODABLE, "TIFF tag " + u16(entry) + " of type " + type);
        };
    boolean inline = u32(entry + 4) * size <= 4;
    long at = (inline ? entry + 8 : u32(entry + 8)) + index * size;
    return size == 1 ? file.u8(at) : size == 2 ? u16(at) : u32(at);
  }

  private int u16(long at) throws ImageRejectedException {
    return little ? file.u16le(at) : file.u16be(at);
  }

  private long u32(long at) throws ImageRejectedException {
    return little ? file.u32le(at) : file.u32be(at);
  }
}
