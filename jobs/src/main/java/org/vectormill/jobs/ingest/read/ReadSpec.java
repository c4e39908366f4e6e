package org.vectormill.jobs.ingest.read;

import java.io.Serializable;

/**
 * How sources are read; all that travels to a task.
 *
 * @param labelFromFolder whether an item's label is the name of the folder that holds it
 * @param split of every item; null where there is none or a column says it
 */
public record ReadSpec(
    TextUnit textUnit,
    IdRule idRule,
    Columns columns,
    CsvFormat csv,
    Limits limits,
    Inlining inlining,
    boolean labelFromFolder,
    String split)
    implements Serializable {}
