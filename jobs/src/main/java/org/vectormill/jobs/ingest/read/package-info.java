/**
 * From the bytes of a source to items and rejects, one item in memory at a time. {@link
 * org.vectormill.jobs.ingest.read.SourceReader} is the front door; it runs in tasks and knows no
 * plan.
 *
 * <p>CSV is parsed here on bytes, and not by the parser on Spark's class path: that one stops for
 * good at a record that it can't read, does not say on which line a record of several lines began,
 * and sees characters, so that one field that is not UTF-8 could not be told from the rest.
 */
package org.vectormill.jobs.ingest.read;
