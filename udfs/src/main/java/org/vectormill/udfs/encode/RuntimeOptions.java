package org.vectormill.udfs.encode;

import java.io.Serializable;

/**
 * How an encoder runs; nothing here belongs to the fingerprint.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param batchTokens most tokens (rows x longest row, padding included) in a batch
 * @param batchImages most images in a batch
 * @param threads threads that one call of an encoder may use, decoding and arithmetic together
 */
public record RuntimeOptions(String device, int batchTokens, int batchImages, int threads)
    implements Serializable {}
