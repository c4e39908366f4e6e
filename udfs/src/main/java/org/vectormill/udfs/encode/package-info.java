/**
 * Encoders: what travels to a task ({@link org.vectormill.udfs.encode.EncoderSpec}), how a model
 * runs there, and what an encoder does. Implementations are in {@code builtin}, {@code text} and
 * {@code engine}; {@code pool} loads them.
 */
package org.vectormill.udfs.encode;
