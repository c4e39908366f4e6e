/** DEC and IDEC: an autoencoder, and centroids of its codes that are trained together with it. */
package org.vectormill.udfs.deep.dec;
