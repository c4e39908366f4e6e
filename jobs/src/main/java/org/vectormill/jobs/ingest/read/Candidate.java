package org.vectormill.jobs.ingest.read;

import java.util.Map;

/**
 * An item before its content is looked at.
 *
 * @param id by path or column; under {@link IdRule#CONTENT} only a reject without content has it
 * @param source file that holds the content
 * @param ownFile whether the content is the whole of that file
 * @param label null where there is none
 * @param split null where there is none
 */
record Candidate(
    String id,
    SourceFile source,
    boolean ownFile,
    String label,
    String split,
    Map<String, String> attributes) {

  /** An item of which nothing but its place is known. */
  static Candidate at(String id, SourceFile source) {
    return new Candidate(id, source, false, null, null, Map.of());
  }
}
