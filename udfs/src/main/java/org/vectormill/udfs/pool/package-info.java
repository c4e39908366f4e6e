/**
 * From an encoder's URI to a loaded encoder: found, fetched, checked by digest, loaded once per
 * executor JVM and device. {@link org.vectormill.udfs.pool.EncoderPool} is the front door.
 */
package org.vectormill.udfs.pool;
