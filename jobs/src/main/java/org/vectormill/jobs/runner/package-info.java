/**
 * What every job needs around it: options layered over a file, a session, progress, the result
 * file, and the exit code.
 */
package org.vectormill.jobs.runner;
