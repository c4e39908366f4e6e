/** Says what a table holds, from its manifest, its commits and its rows. */
package org.vectormill.jobs.describe;
