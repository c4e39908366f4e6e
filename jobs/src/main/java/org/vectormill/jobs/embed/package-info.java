/**
 * Turns items into vectors: finds the items that have none, encodes them in work units on the
 * executors, and publishes one wave.
 */
package org.vectormill.jobs.embed;
