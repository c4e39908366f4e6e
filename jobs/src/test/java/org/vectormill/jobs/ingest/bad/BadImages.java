package org.vectormill.jobs.ingest.bad;

import static org.vectormill.jobs.ingest.bad.BadInput.file;

import java.util.List;
import org.vectormill.jobs.ingest.read.Corpus;

/** Image files that are none, or are damaged, or claim too much. */
final class BadImages {
  private static final byte[] PNG = Corpus.image("png", 40, 30);
  private static final byte[] JPEG = Corpus.image("jpg", 40, 30);
  private static final byte[] GIF = Corpus.image("gif", 40, 30);
  private static final byte[] BMP = Corpus.image("bmp", 40, 30);
  private static final byte[] TIFF = Corpus.image("tif", 40, 30);

  /**
   * @param mostBytes limit of an item's bytes in the run
   */
  static List<BadInput> all(int mostBytes) {
    return List.of(
        file("no bytes", "empty.png", new byte[0], "empty"),
        file("text", "text.jpg", Bytes.utf8("no picture"), "not_an_image"),
        file("a web page", "page.png", Bytes.utf8("<!DOCTYPE html><html></html>"), "not_an_image"),
        file("vector graphics", "svg.png", Bytes.utf8("<svg xmlns='x'/>"), "not_an_image"),
        file("a PDF", "pdf.jpg", Bytes.utf8("%PDF-1.7\n%%EOF\n"), "not_an_image"),
        file("a ZIP archive", "zip.jpg", Bytes.of('P', 'K', 3, 4, 20, 0, 0, 0), "not_an_image"),
        file("zeros", "zeros.jpg", new byte[1000], "not_an_image"),
        file("one byte", "one-byte.png", Bytes.of(0x89), "not_an_image"),
        file("half a JPEG", "half.jpg", Bytes.half(JPEG), "truncated"),
        file("a JPEG without its end", "no-end.jpg", Bytes.without(JPEG, 2), "truncated"),
        file("a JPEG's first marker", "marker.jpg", Bytes.of(0xff, 0xd8, 0xff), "truncated"),
        file("half a PNG", "half.png", Bytes.half(PNG), "truncated"),
        file("a PNG's signature", "signature.png", java.util.Arrays.copyOf(PNG, 8), "truncated"),
        file("half a GIF", "half.gif", Bytes.half(GIF), "truncated"),
        file("half a BMP", "half.bmp", Bytes.half(BMP), "truncated"),
        file("half a TIFF", "half.tif", Bytes.half(TIFF), "truncated"),
        file("a WebP's start", "start.webp", Bytes.cutWebp(), "truncated"),
        file("a PNG bomb", "bomb.png", Bytes.pngOfSize(PNG, 60_000, 60_000), "pixel_limit"),
        file("a BMP bomb", "bomb.bmp", Bytes.bmpOfSize(BMP, 60_000, 60_000), "pixel_limit"),
        file("a PNG of no width", "flat.png", Bytes.pngOfSize(PNG, 0, 10), "undecodable"),
        file("a PNG of a negative width", "below.png", Bytes.pngOfSize(PNG, -5, 10), "undecodable"),
        file("a PNG of no known colour", "colour.png", Bytes.with(PNG, 25, 9), "undecodable"),
        file("a large file", "large.png", new byte[mostBytes + 1], "too_long"));
  }

  private BadImages() {}
}
