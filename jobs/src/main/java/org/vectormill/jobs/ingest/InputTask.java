package org.vectormill.jobs.ingest;

import java.io.Serializable;

/**
 * A directory or a file that one task lists.
 *
 * @param input position of the {@code --input} that it belongs to
 * @param root URI that ids are relative to
 * @param at URI of what is listed
 * @param namePattern glob that names directly below {@code at} must match; null where all count
 * @param recursive whether directories below are listed too
 */
record InputTask(int input, String root, String at, String namePattern, boolean recursive)
    implements Serializable {}
