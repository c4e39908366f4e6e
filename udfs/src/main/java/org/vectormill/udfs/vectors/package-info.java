/**
 * Work on many vectors at once inside a task: packed blocks of rows, nearest centroids by matrix
 * products, sums that come out the same in any order, bounded samples, pairs of blocks.
 *
 * <p>A block never crosses a planned unit and is padded to one shape before a product, because a
 * matrix product gives a row other last bits in a block of another number of rows.
 */
package org.vectormill.udfs.vectors;
