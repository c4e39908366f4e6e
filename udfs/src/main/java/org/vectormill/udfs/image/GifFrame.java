package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/**
 * Where the first frame of a GIF lies and how it is coloured (GIF89a specification).
 *
 * @param width of the canvas: the logical screen, grown to hold the frame, as Pillow does
 * @param palette position of 3-byte entries; -1 where there is none
 * @param paletteSize entries
 * @param fill colour index of what the frame leaves uncovered: the transparent one, or 0
 * @param data position of the LZW code size byte
 */
record GifFrame(
    int width,
    int height,
    int left,
    int top,
    int frameWidth,
    int frameHeight,
    boolean interlaced,
    long palette,
    int paletteSize,
    int fill,
    long data) {

  private static final int EXTENSION = 0x21;
  private static final int IMAGE = 0x2c;
  private static final int TRAILER = 0x3b;

  static GifFrame read(ByteView file) throws ImageRejectedException {
    int fill = 0;
    long at = afterScreen(file);
    while (true) {
      int block = file.u8(at);
      if (block == IMAGE) {
        return at(file, at, fill);
      } else if (block == TRAILER) {
        throw new ImageRejectedException(RejectReason.UNDECODABLE, "GIF without an image");
      } else if (block == EXTENSION) {
        if (file.u8(at + 1) == 0xf9 && file.u8(at + 2) >= 4 && (file.u8(at + 3) & 1) != 0) {
          fill = file.u8(at + 6);
        }
        at = afterSubBlocks(file, at + 2);
      } else {
        at++;
      }
    }
  }

  private static GifFrame at(ByteView file, long at, int fill) throws ImageRejectedException {
    int left = file.u16le(at + 1);
    int top = file.u16le(at + 3);
    int frameWidth = file.u16le(at + 5);
    int frameHeight = file.u16le(at + 7);
    int flags = file.u8(at + 9);
    boolean local = (flags & 0x80) != 0;
    int screen = file.u8(10);
    boolean global = (screen & 0x80) != 0;
    return new GifFrame(
        Math.max(file.u16le(6), left + frameWidth),
        Math.max(file.u16le(8), top + frameHeight),
        left,
        top,
        frameWidth,
        frameHeight,
        (flags & 0x40) != 0,
        local ? at + 10 : global ? 13 : -1,
        local ? entries(flags) : global ? entries(screen) : 0,
        fill,
        at + 10 + (local ? 3L * entries(flags) : 0));
  }

  /** Refuses a file whose blocks do not all end before a trailer. */
  static void requireComplete(ByteView file) throws ImageRejectedException {
    long at = read(file).data();
    at = afterSubBlocks(file, at + 1);
    int block = file.u8(at);
    while (block != TRAILER) {
      if (block == EXTENSION) {
        at = afterSubBlocks(file, at + 2);
      } else if (block == IMAGE) {
        int flags = file.u8(at + 9);
        at = afterSubBlocks(file, at + 11 + ((flags & 0x80) != 0 ? 3L * entries(flags) : 0));
      } else {
        at++;
      }
      block = file.u8(at);
    }
  }

  /** Position after a chain of sub-blocks, each a length byte and content, up to an empty one. */
  private static long afterSubBlocks(ByteView file, long from) throws ImageRejectedException {
    long at = from;
    int length = file.u8(at);
    while (length != 0) {
      at += 1 + length;
      length = file.u8(at);
    }
    return at + 1;
  }

  private static long afterScreen(ByteView file) throws ImageRejectedException {
    int flags = file.u8(10);
    return 13 + ((flags & 0x80) != 0 ? 3L * entries(flags) : 0);
  }

  private static int entries(int flags) {
    return 2 << (flags & 7);
  }
}
