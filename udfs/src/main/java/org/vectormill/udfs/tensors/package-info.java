/**
 * Named arrays in one file that other languages read: the safetensors format, 8 bytes with the
 * length of a JSON header (little-endian), the header with each array's type, shape and bytes, and
 * the bytes. Facts about the file stand in the header's {@code __metadata__}.
 */
package org.vectormill.udfs.tensors;
