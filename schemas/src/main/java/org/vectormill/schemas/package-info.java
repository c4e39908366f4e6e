/**
 * What a table is: its columns, its manifest, its waves, and how files are read, staged and
 * committed. Knows no job and no model. {@link org.vectormill.schemas.Table} is the front door.
 */
package org.vectormill.schemas;
