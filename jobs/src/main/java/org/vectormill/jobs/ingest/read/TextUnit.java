package org.vectormill.jobs.ingest.read;

/** What one text item of a text file is. */
public enum TextUnit {
  FILE,
  LINE
}
