/** Heads of I-Con on frozen vectors: rows and their neighbours come to the same cluster. */
package org.vectormill.udfs.deep.icon;
