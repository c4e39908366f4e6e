package org.vectormill.udfs.image;

import org.vectormill.schemas.RejectReason;

/**
 * What the segments of a JPEG before its first scan say (ITU-T T.81, annex B).
 *
 * @param components 1, 3 or 4
 * @param ids component identifiers, as many as components
 * @param adobeTransform of an Adobe APP14 segment; -1 without one
 * @param orientation EXIF orientation
 * @param scan position of the first start-of-scan marker
 */
record JpegFrame(
    int width,
    int height,
    int components,
    String ids,
    boolean jfif,
    int adobeTransform,
    int orientation,
    int scan) {

  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;

  /**
   * Reads segments up to the first scan.
   *
   * @throws ImageRejectedException {@code TRUNCATED} or {@code UNDECODABLE}
   */
  static JpegFrame read(ByteView file) throws ImageRejectedException {
    Walk walk = new Walk(file);
    long at = nextMarker(file, 2);
    while (file.u8(at + 1) != SOS) {
      at = nextMarker(file, walk.segment(at));
    }
    if (walk.frame < 0) {
      throw undecodable("JPEG has a scan but no frame before it");
    }
    return walk.result((int) at);
  }

  /** Whether a marker stands alone, without a length and content. */
  static boolean standsAlone(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= SOI);
  }

  /** Application data and comments: nothing that decoding needs. */
  static boolean isMetadata(int marker) {
    return (marker >= 0xe0 && marker <= 0xef) || marker == 0xfe;
  }

  /** Position of the next 0xff that a marker code follows; skips fill bytes and stray ones. */
  static long nextMarker(ByteView file, long from) throws ImageRejectedException {
    long at = from;
    while (file.u8(at) != 0xff || file.u8(at + 1) == 0xff || file.u8(at + 1) == 0) {
      at++;
    }
    return at;
  }

  private static ImageRejectedException undecodable(String message) {
    return new ImageRejectedException(RejectReason.UNDECODABLE, message);
  }

  /** Whether the samples are luma and chroma, by the rules that libjpeg follows. */
  boolean isYcc() {
    if (components == 3) {
      return jfif || (adobeTransform < 0 ? !ids.equals("RGB") : adobeTransform != 0);
    }
    return components == 4 && adobeTransform > 0;
  }

  /** Facts gathered segment by segment. */
  private static final class Walk {
    private final ByteView file;
    private long frame = -1;
    private boolean jfif;
    private int adobeTransform = -1;
    private int orientation = 1;

    Walk(ByteView file) {
      this.file = file;
    }

    /** Takes in the segment at {@code at}; returns where the next one is looked for. */
    long segment(long at) throws ImageRejectedException {
      int marker = file.u8(at + 1);
      if (standsAlone(marker)) {
        return at + 2;
      }
      if (marker == EOI) {
        throw undecodable("JPEG ends before its first scan");
      }
      long end = at + 2 + file.u16be(at + 2);
      if (end < at + 4) {
        throw undecodable("JPEG segment of a length below 2 at byte " + at);
      }
      file.require(end, "a JPEG segment");
      if (isFrame(marker)) {
        if (frame >= 0) {
          throw undecodable("JPEG with two frames");
        }
        frame = at;
      } else if (isMetadata(marker)) {
        metadata(marker, at + 4, end);
      }
      return end;
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private void metadata(int marker, long content, long end) throws ImageRejectedException {
      if (marker == 0xe0 && end - content >= 14 && file.matches(content, "JFIF\0")) {
        jfif = true;
      } else if (marker == 0xe1 && file.matches(content, "Exif\0\0")) {
        orientation = Orientation.ofExif(file, content + 6, end);
      } else if (marker == 0xee && end - content >= 12 && file.matches(content, "Adobe")) {
        adobeTransform = file.u8(content + 11);
      }
    }

    JpegFrame result(int scan) throws ImageRejectedException {
      int components = file.u8(frame + 9);
      if (components != 1 && components != 3 && components != 4) {
        throw undecodable("JPEG of " + components + " components; 1, 3 and 4 are read");
      }
      StringBuilder ids = new StringBuilder();
      for (int i = 0; i < components; i++) {
        ids.append((char) file.u8(frame + 10 + 3L * i));
      }
      return new JpegFrame(
          file.u16be(frame + 7),
          file.u16be(frame + 5),
          components,
          ids.toString(),
          jfif,
          adobeTransform,
          orientation,
          scan);
    }
  }
}
