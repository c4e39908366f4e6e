package org.vectormill.jobs.ingest.bad;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** Makes and damages content. */
final class Bytes {
  static byte[] of(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  static byte[] without(byte[] whole, int last) {
    return Arrays.copyOf(whole, whole.length - last);
  }

  static byte[] with(byte[] whole, int at, int... values) {
    byte[] changed = whole.clone();
    System.arraycopy(of(values), 0, changed, at, values.length);
    return changed;
  }

  /** A PNG whose header claims another size, with a checksum that holds. */
  static byte[] pngOfSize(byte[] png, int width, int height) {
    ByteBuffer changed = ByteBuffer.wrap(png.clone());
    changed.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(changed.array(), 12, 17);
    return changed.putInt(29, (int) crc.getValue()).array();
  }

  /** A BMP whose header claims another size. */
  static byte[] bmpOfSize(byte[] bmp, int width, int height) {
    return ByteBuffer.wrap(bmp.clone())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(18, width)
        .putInt(22, height)
        .array();
  }

  /** The start of a lossy WebP file of which the rest is missing. */
  static byte[] cutWebp() {
    return join(utf8("RIFF"), of(0, 16, 0, 0), utf8("WEBPVP8 "), of(0, 16, 0, 0, 0x30, 1, 0, 0x9d));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A tar entry's header with what a test sets in it, its checksum made anew where it is asked. */
  static byte[] tarField(byte[] tar, int at, String value, boolean checksum) {
    byte[] changed = tar.clone();
    byte[] field = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(field, 0, changed, at, field.length);
    if (checksum) {
      Arrays.fill(changed, 148, 156, (byte) ' ');
      int sum = 0;
      for (int i = 0; i < 512; i++) {
        sum += changed[i] & 0xff;
      }
      byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(octal, 0, changed, 148, octal.length);
    }
    return changed;
  }

  private Bytes() {}
}
