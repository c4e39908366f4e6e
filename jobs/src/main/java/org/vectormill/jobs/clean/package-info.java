/** Removes what dead runs left in a table's directory, and what compactions made superfluous. */
package org.vectormill.jobs.clean;
