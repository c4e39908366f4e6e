package org.vectormill.schemas;

import java.util.Locale;

/** The closed set of reasons why an item has no row; the lower-case name is what tables hold. */
public enum RejectReason {
  /** No bytes, or nothing but white space where text is asked for. */
  EMPTY,
  /** The file ends before its content does. */
  TRUNCATED,
  /** The bytes are of no image format that is read. */
  NOT_AN_IMAGE,
  /** The format is known, the content can't be decoded. */
  UNDECODABLE,
  /** More pixels than the limit; found in the header, before decoding. */
  PIXEL_LIMIT,
  /** The bytes are not valid UTF-8. */
  NOT_UTF8,
  /** Longer than the length or byte limit. */
  TOO_LONG,
  /** Another item has the same id; the first by source and position stays. */
  REPEATED_ID,
  /** A record of a JSONL, CSV or tar source that can't be parsed. */
  MALFORMED_RECORD,
  /** A record without a value in its id, text or image column. */
  MISSING_VALUE,
  /** The source could not be read. */
  UNREADABLE,
  /** The source's bytes are not those that were ingested. */
  CHANGED,
  /** The encoder's vector holds NaN or an infinity. */
  NOT_FINITE,
  /** The encoder's vector is all zero. */
  ZERO_VECTOR,
  /** Out of memory with this row alone in a batch. */
  OUT_OF_MEMORY,
  /** The encoder failed on this row alone. */
  ENCODER_FAILED;

  /** The code as stored in column {@code reason}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the same bytes may be taken another time: what was wrong was the store, the memory or
   * the encoder, not the item. {@code CHANGED} is among them, since the bytes may be back or
   * ingested anew.
   */
  public boolean canPass() {
    return switch (this) {
      case UNREADABLE, CHANGED, OUT_OF_MEMORY, ENCODER_FAILED -> true;
      case EMPTY,
          TRUNCATED,
          NOT_AN_IMAGE,
          UNDECODABLE,
          PIXEL_LIMIT,
          NOT_UTF8,
          TOO_LONG,
          REPEATED_ID,
          MALFORMED_RECORD,
          MISSING_VALUE,
          NOT_FINITE,
          ZERO_VECTOR ->
          false;
    };
  }

  /**
   * The reason with this stored code.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static RejectReason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
