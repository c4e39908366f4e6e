/** Images: what their headers say, decoding, and preparation for an encoder. */
package org.vectormill.udfs.image;
