/**
 * Encoders: what travels to a task ({@link org.vectormill.udfs.encode.EncoderSpec}), how it becomes
 * a loaded encoder ({@link org.vectormill.udfs.encode.EncoderPool}), and what an encoder does.
 */
package org.vectormill.udfs.encode;
