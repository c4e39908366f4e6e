package org.vectormill.schemas;

import java.io.Serializable;

/**
 * A finished Parquet file of a table.
 *
 * @param path relative to the table's root once committed; a full URI while it is staged
 * @param rows number of rows
 * @param bytes length of the file
 * @param ids hash of the ids that it holds
 */
public record DataFile(String path, long rows, long bytes, IdSetHash ids) implements Serializable {}
