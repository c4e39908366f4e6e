/** {@code pipeline}: several jobs from one file, in one Spark session. */
package org.vectormill.jobs.pipeline;
