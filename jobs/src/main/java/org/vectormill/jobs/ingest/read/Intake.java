package org.vectormill.jobs.ingest.read;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.vectormill.schemas.ItemRow;
import org.vectormill.schemas.RejectReason;
import org.vectormill.udfs.ContentHash;
import org.vectormill.udfs.image.ImageHeader;
import org.vectormill.udfs.image.ImageRejectedException;
import org.vectormill.udfs.image.Images;

/** Checks the content of items and makes each a row or a reject, exactly one of them. */
final class Intake {
  private static final String TEXT = "text";
  private static final String IMAGE = "image";
  private static final int FIRST_SIDEWAYS_ORIENTATION = 5;

  private final ReadSpec spec;
  private final ItemOutput out;

  Intake(ReadSpec spec, ItemOutput out) {
    this.spec = spec;
    this.out = out;
  }

  /** Counts images of a sample that are no items of their own. */
  void passedOver(int images) {
    out.count(IngestFact.FURTHER_IMAGES, images);
  }

  /** A text as its UTF-8 bytes. */
  void text(Candidate item, byte[] utf8) {
    try {
      sound(item, Utf8.decode(utf8));
    } catch (RejectedException e) {
      reject(item, ContentHash.of(utf8), e.reason(), e.getMessage());
    }
  }

  /** A text that a parser decoded. */
  void text(Candidate item, String text) {
    try {
      sound(item, Utf8.requireEncodable(text));
    } catch (RejectedException e) {
      reject(item, ContentHash.of(text), e.reason(), e.getMessage());
    }
  }

  private void sound(Candidate item, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    String hash = ContentHash.of(utf8);
    out.count(IngestFact.CONTENT_BYTES, utf8.length);
    if (text.chars().allMatch(Intake::isSpace)) {
      String message = text.isEmpty() ? "the text is empty" : "the text is nothing but white space";
      reject(item, hash, RejectReason.EMPTY, message);
      return;
    }
    int chars = text.codePointCount(0, text.length());
    if (chars > spec.limits().textChars()) {
      String message =
          "the text has %d characters, --max-text-chars is %d"
              .formatted(chars, spec.limits().textChars());
      reject(item, hash, RejectReason.TOO_LONG, message);
      return;
    }
    write(item, hash, TEXT, text, null, item.attributes());
  }

  /**
   * An image as its encoded bytes.
   *
   * @param extension what its name says that it is; empty where it says nothing
   */
  void image(Candidate item, byte[] encoded, String extension) {
    out.count(IngestFact.CONTENT_BYTES, encoded.length);
    String hash = ContentHash.of(encoded);
    try {
      ImageHeader header = Images.check(encoded, spec.limits().pixels());
      if (!extension.isEmpty() && !header.format().extensions().contains(extension)) {
        out.count(IngestFact.EXTENSION_MISMATCH, 1);
      }
      boolean pack = !item.ownFile() || spec.inlining().packs(encoded.length);
      out.count(IngestFact.INLINED_IMAGES, pack ? 1 : 0);
      write(item, hash, IMAGE, null, pack ? encoded : null, described(item.attributes(), header));
    } catch (ImageRejectedException e) {
      reject(item, hash, e.reason(), e.getMessage());
    }
  }

  private static Map<String, String> described(Map<String, String> given, ImageHeader header) {
    boolean sideways = header.orientation() >= FIRST_SIDEWAYS_ORIENTATION;
    Map<String, String> attributes = new TreeMap<>(given);
    attributes.put("format", header.format().code());
    attributes.put("width", Integer.toString(sideways ? header.height() : header.width()));
    attributes.put("height", Integer.toString(sideways ? header.width() : header.height()));
    return attributes;
  }

  private void write(
      Candidate item,
      String hash,
      String modality,
      String text,
      byte[] image,
      Map<String, String> attributes) {
    String id = spec.idRule() == IdRule.CONTENT ? hash : item.id();
    SourceFile source = item.source();
    out.read(id);
    out.item(
        new ItemRow(
            id,
            source.uri(),
            source.size(),
            source.version(),
            modality,
            text,
            image,
            hash,
            item.label(),
            item.split() == null ? spec.split() : item.split(),
            attributes));
  }

  /** An item that can't become a row; its id is what the row's would have been. */
  void reject(Candidate item, String hash, RejectReason reason, String message) {
    String id = spec.idRule() == IdRule.CONTENT && hash != null ? hash : item.id();
    out.read(id);
    out.reject(id, item.source().uri(), hash, reason, message);
  }

  /** An item or record with more bytes than a task may hold. */
  void tooLong(Candidate item, String what) {
    reject(
        item,
        null,
        RejectReason.TOO_LONG,
        what + " has more bytes than --max-item-bytes, " + spec.limits().itemBytes());
  }

  /** White space of any script, no-break spaces included: nothing is left where it is stripped. */
  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }
}
