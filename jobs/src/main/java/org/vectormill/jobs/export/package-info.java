/** Writes a table's current rows as plain Parquet, for readers that know nothing of waves. */
package org.vectormill.jobs.export;
