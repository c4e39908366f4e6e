package org.vectormill.jobs.ingest.read;

import java.util.List;
import org.vectormill.schemas.RejectReason;

/**
 * One record of a CSV file.
 *
 * @param line on which it begins, from 1
 * @param fields bytes of each field, quotes resolved; as far as read where there is a problem
 * @param problem null for a sound record
 * @param message what the problem is; null for a sound record
 */
record CsvRecord(long line, List<byte[]> fields, RejectReason problem, String message) {}
