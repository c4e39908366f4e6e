/** Encoders that ship with Vectormill, so that everything runs with nothing downloaded. */
package org.vectormill.udfs.builtin;
