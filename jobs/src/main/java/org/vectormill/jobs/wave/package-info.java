/** From staged files to a published wave: row conservation, reject gate, replaced ids, commit. */
package org.vectormill.jobs.wave;
