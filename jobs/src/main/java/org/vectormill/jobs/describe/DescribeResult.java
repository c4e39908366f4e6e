package org.vectormill.jobs.describe;

import java.util.Map;
import org.vectormill.jobs.runner.UncountedResult;

/**
 * A description; it takes and gives no items, so all counts are 0.
 *
 * @param summary what is printed
 * @param details the same facts for the result file
 */
public record DescribeResult(String summary, Map<String, Object> details)
    implements UncountedResult {}
