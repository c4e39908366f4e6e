package org.vectormill.udfs.deep.network;

/**
 * What a network makes of rows.
 *
 * @param codes row-major
 * @param probabilities of each cluster, row-major, rows of sum 1
 */
public record CodedRows(float[] codes, float[] probabilities) {}
