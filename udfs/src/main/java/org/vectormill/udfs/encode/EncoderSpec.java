package org.vectormill.udfs.encode;

import java.io.Serializable;
import java.util.Set;

/**
 * Everything that decides a vector, and all that travels to a task.
 *
 * @param uri where the model is, without credentials
 * @param digest SHA-256 over the model's files, lower-case hex; for built-in encoders their name
 *     and version
 * @param engine what runs it
 * @param text how texts are prepared; null for images
 * @param image how images are prepared; null for texts
 * @param output name or index of the tensor to take; null for the model's own first output
 * @param normalise whether vectors are scaled to unit length
 * @param dimensions keep the first k dimensions before normalising (Matryoshka, Kusupati et al.
 *     2022); 0 for all
 */
public record EncoderSpec(
    String uri,
    String digest,
    EngineKind engine,
    Modality modality,
    TextSpec text,
    ImageSpec image,
    String output,
    boolean normalise,
    int dimensions,
    Precision precision)
    implements Serializable {

  /**
   * SHA-256 (lower-case hex, first 16 digits) over every field but {@code uri}: two encoders with
   * the same fingerprint give the same vectors.
   */
  public String fingerprint() {
    return Fingerprint.of(this, Set.of("uri"));
  }
}
