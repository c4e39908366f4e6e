/** What {@code --encoder} may be. */
package org.vectormill.jobs.encoders;
