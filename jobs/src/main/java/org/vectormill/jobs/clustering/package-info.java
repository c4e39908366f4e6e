/**
 * {@code cluster}: groups the vectors of a table, and gives new vectors to the groups of a saved
 * model. The arithmetic is in {@code org.vectormill.udfs.vectors}; here are the passes over blocks,
 * the checkpoints, and the tables.
 */
package org.vectormill.jobs.clustering;
