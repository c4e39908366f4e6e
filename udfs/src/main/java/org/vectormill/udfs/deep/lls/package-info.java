/** Latent label shift: classes that have other shares in each domain, found without labels. */
package org.vectormill.udfs.deep.lls;
