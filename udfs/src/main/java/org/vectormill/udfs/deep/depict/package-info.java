/** DEPICT: a convolutional autoencoder, with a softmax layer that noise must not change. */
package org.vectormill.udfs.deep.depict;
