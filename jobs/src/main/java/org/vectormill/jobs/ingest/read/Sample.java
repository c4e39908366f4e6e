package org.vectormill.jobs.ingest.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The entries of one sample, as far as they are of use; never more bytes than a limit. */
final class Sample {
  static final String TEXT = "txt";
  static final String JSON = "json";
  static final String CLASS = "cls";

  private final String key;
  private final int maxBytes;
  private final Map<String, byte[]> contents = new HashMap<>();
  private final List<String> fields = new ArrayList<>();
  private String image;
  private String repeated;
  private int furtherImages;
  private long bytes;

  Sample(String key, int maxBytes) {
    this.key = key;
    this.maxBytes = maxBytes;
  }

  /** Takes one entry, of {@code size} bytes. Of several images the first counts. */
  void add(String name, long size, InputStream content) throws IOException {
    String field = name.toLowerCase(Locale.ROOT);
    repeated = fields.contains(field) ? field : repeated;
    fields.add(field);
    boolean isImage = SourceKind.ofName("." + field) == SourceKind.IMAGE;
    if (isImage && image != null) {
      furtherImages++;
      return;
    }
    if (isImage) {
      image = field;
    } else if (!field.equals(TEXT) && !field.equals(JSON) && !field.equals(CLASS)) {
      return;
    }
    bytes += size;
    if (!tooLong()) {
      byte[] read = content.readNBytes((int) size);
      if (read.length < size) {
        throw new EOFException("the shard ends within " + key + "." + name);
      }
      contents.put(field, read);
    }
  }

  String key() {
    return key;
  }

  boolean tooLong() {
    return bytes > maxBytes;
  }

  /** A field that stands there twice. */
  Optional<String> repeated() {
    return Optional.ofNullable(repeated);
  }

  /** Names of all fields, in order. */
  List<String> fields() {
    return fields;
  }

  /** Images beside the one that counts. */
  int furtherImages() {
    return furtherImages;
  }

  /** Field of the image; null where there is none. */
  String image() {
    return image;
  }

  /** Content of a field; null where there is none. */
  byte[] content(String field) {
    return contents.get(field);
  }
}
