/** Jobs: one package each, with its options, its result and its Spark plan. */
package org.vectormill.jobs;
