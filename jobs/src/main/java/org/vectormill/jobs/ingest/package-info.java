/**
 * The {@code ingest} job: files become an {@code items} table. It lists the sources, leaves out
 * those that earlier runs took as they are, cuts the rest into units by path and bytes, reads them,
 * and settles repeated ids and unchanged items before the wave is published.
 */
package org.vectormill.jobs.ingest;
