package org.vectormill.jobs.ingest.bad;

import java.util.List;

/**
 * One kind of bad input: a file, and the rejects that it must lead to.
 *
 * @param what is wrong with it
 * @param name of the file below the input directory
 * @param rejects {@code id reason} each, in the order of ids
 */
record BadInput(String what, String name, byte[] content, List<String> rejects) {
  static BadInput file(String what, String name, byte[] content, String reason) {
    return new BadInput(what, name, content, List.of(name + " " + reason));
  }
}
