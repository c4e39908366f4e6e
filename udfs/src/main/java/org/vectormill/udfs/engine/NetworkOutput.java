package org.vectormill.udfs.engine;

/**
 * One output of a network, converted to 32-bit floats. The caller owns the array.
 *
 * @param shape the batch first
 * @param values row-major
 */
public record NetworkOutput(long[] shape, float[] values) {}
