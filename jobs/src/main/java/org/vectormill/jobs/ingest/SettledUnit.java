package org.vectormill.jobs.ingest;

import java.io.Serializable;
import java.util.List;
import org.vectormill.schemas.DataFile;

/**
 * Staged files of one unit that are written again without the rows that must not stay.
 *
 * @param leaving those rows, of any of the files
 */
record SettledUnit(List<DataFile> files, List<DataFile> rejectFiles, List<Leaving> leaving)
    implements Serializable {

  /**
   * A row that must not stay.
   *
   * @param file name of the staged file
   * @param row position in it, from 0
   * @param keeper source of the row that keeps the id; null where the row is done already
   */
  record Leaving(String file, long row, String keeper) implements Serializable {}
}
