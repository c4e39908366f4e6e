/** Takes up again rejects whose reason can pass. */
package org.vectormill.jobs.retry;
