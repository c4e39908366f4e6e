package org.vectormill.schemas;

import java.util.List;

/**
 * What a test's wave holds, by ids; {@code sources} are processed sources, each of which is the
 * source of the reject with the same name.
 */
record WaveDraft(
    List<String> rows,
    List<String> rejects,
    List<String> replaced,
    List<String> removed,
    List<String> removedRejects,
    List<String> retried,
    List<String> sources) {

  /** Rows that replace some earlier ones. */
  static WaveDraft of(List<String> rows, List<String> replaced) {
    return new WaveDraft(rows, List.of(), replaced, List.of(), List.of(), List.of(), List.of());
  }
}
