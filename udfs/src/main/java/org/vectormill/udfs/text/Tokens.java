package org.vectormill.udfs.text;

/**
 * One text's tokens.
 *
 * @param ids special tokens included where they were asked for; not to be changed
 * @param truncated whether tokens were left out to keep within the maximum length
 */
record Tokens(long[] ids, boolean truncated) {}
