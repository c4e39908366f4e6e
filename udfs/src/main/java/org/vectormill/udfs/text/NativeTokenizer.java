package org.vectormill.udfs.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/**
 * A Hugging Face tokenizer in native memory. Safe for use by several threads at once; each call
 * runs on the caller's thread alone. (DJL's own front class fetches the strings and offsets of all
 * tokens with each text, and its batch calls use every core; here only ids are needed.)
 */
final class NativeTokenizer implements AutoCloseable {
  private final TokenizersLibrary library;
  private final int maxLength;
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
  private long handle;

  /**
   * @param file what to load, for messages
   * @param json a tokenizer.json without padding, truncating to {@code maxLength}
   * @throws VectormillException ({@code ENCODER}) where the library can't read the JSON
   */
  NativeTokenizer(String file, String json, int maxLength) {
    this.library = TokenizerLibrary.get();
    this.maxLength = maxLength;
    try {
      this.handle = library.createTokenizerFromString(json);
    } catch (RuntimeException e) {
      throw new VectormillException(
          Fault.ENCODER, file + ": not a tokenizer that can be read: " + e.getMessage(), e);
    }
  }

  /**
   * The text's tokens, cut to the maximum length.
   *
   * @param special whether the model's special tokens are added
   * @throws RuntimeException where the tokenizer fails on the text
   */
  Tokens encode(String text, boolean special) {
    open.readLock().lock();
    try {
      long encoding = library.encode(alive(), text, special);
      try {
        long[] ids = library.getTokenIds(encoding);
        return new Tokens(ids, ids.length >= maxLength && library.getOverflowCount(encoding) > 0);
      } finally {
        library.deleteEncoding(encoding);
      }
    } finally {
      open.readLock().unlock();
    }
  }

  /** How many special tokens stand at the end of a text, as after {@code text} itself. */
  int closing(String text) {
    open.readLock().lock();
    try {
      long encoding = library.encode(alive(), text, true);
      try {
        long[] special = library.getSpecialTokenMask(encoding);
        int closing = 0;
        while (closing < special.length && special[special.length - 1 - closing] == 1) {
          closing++;
        }
        return closing;
      } finally {
        library.deleteEncoding(encoding);
      }
    } finally {
      open.readLock().unlock();
    }
  }

  private long alive() {
    if (handle == 0) {
      throw new IllegalStateException("the tokenizer is closed");
    }
    return handle;
  }

  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (handle != 0) {
        library.deleteTokenizer(handle);
        handle = 0;
      }
    } finally {
      open.writeLock().unlock();
    }
  }
}
