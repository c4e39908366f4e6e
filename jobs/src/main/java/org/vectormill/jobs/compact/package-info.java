/**
 * Turns many waves into one: large files, without replaced and removed rows. Readers see the same
 * rows throughout.
 */
package org.vectormill.jobs.compact;
