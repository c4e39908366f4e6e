package org.vectormill.jobs.ingest.read;

import java.io.Serializable;
import org.vectormill.schemas.VectormillException;

/**
 * Which images are packed into the table. Images inside a shard or a record always are: they have
 * no file of their own to stay in.
 *
 * @param autoBytes largest image that {@code AUTO} packs
 */
public record Inlining(Mode mode, int autoBytes) implements Serializable {
  public Inlining {
    if (autoBytes < 0) {
      throw VectormillException.usage("--inline-bytes must be >= 0, got " + autoBytes);
    }
  }

  /** When images with a file of their own are packed. */
  public enum Mode {
    AUTO,
    ALWAYS,
    NEVER
  }

  boolean packs(int bytes) {
    return switch (mode) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> bytes <= autoBytes;
    };
  }
}
