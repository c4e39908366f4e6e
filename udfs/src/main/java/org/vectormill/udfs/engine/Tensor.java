package org.vectormill.udfs.engine;

import java.nio.Buffer;

/**
 * A named input of a network.
 *
 * @param shape the batch first
 * @param data row-major, from position 0 to its limit: a LongBuffer (int64; narrowed where the
 *     model declares int32), a FloatBuffer (float32) or a ByteBuffer (uint8), direct or not
 */
public record Tensor(String name, long[] shape, Buffer data) {}
