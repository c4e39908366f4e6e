/** Images through a network: batches, pooling over positions, and the vectors' last steps. */
package org.vectormill.udfs.vision;
