package org.vectormill.jobs.ingest.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.security.AccessControlException;

/** The store did not give a source's bytes, as against bytes that are damaged in themselves. */
final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreException(IOException cause) {
    super(cause.getMessage(), cause);
  }

  /** Whether trying again is of no use: the file is gone, locked or rotten. */
  boolean isFinal() {
    Throwable cause = getCause();
    return cause instanceof FileNotFoundException
        || cause instanceof AccessControlException
        || cause instanceof java.nio.file.AccessDeniedException
        || cause instanceof java.nio.file.NoSuchFileException
        || cause instanceof ChecksumException;
  }
}
