package org.vectormill.jobs.ingest;

/** Where labels come from that no column holds. */
enum LabelSource {
  PARENT_FOLDER;

  @Override
  public String toString() {
    return "parent-folder";
  }
}
