/**
 * A small corpus that is drawn and written here, so that a first run needs nothing downloaded:
 * pictures, texts, and among them a few that are damaged in the ways real ones are.
 */
package org.vectormill.jobs.sample;
