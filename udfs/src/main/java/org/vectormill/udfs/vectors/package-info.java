/**
 * Work on many vectors at once inside a task: packed blocks of rows, nearest centroids by matrix
 * products, sums that come out the same in any order, bounded samples, pairs of blocks.
 *
 * <p>A block never crosses a planned unit and is padded to a power of two before a product, so that
 * the plan fixes its shape: a matrix product gives a row other last bits in a block of another
 * number of rows.
 */
package org.vectormill.udfs.vectors;
