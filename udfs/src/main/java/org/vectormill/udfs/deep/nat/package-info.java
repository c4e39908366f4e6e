/** Noise as targets: codes are drawn to points of a sphere, one for each row. */
package org.vectormill.udfs.deep.nat;
