package org.vectormill.schemas;

import java.io.Serializable;

/**
 * One row group of a data file.
 *
 * @param fileUri absolute URI of the file
 * @param index position in the file, from 0
 * @param firstRow rows of the file before it
 * @param rows rows in it
 * @param bytes uncompressed bytes in it
 */
public record RowGroup(String fileUri, int index, long firstRow, long rows, long bytes)
    implements Serializable {}
