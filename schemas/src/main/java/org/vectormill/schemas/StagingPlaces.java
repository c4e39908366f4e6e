package org.vectormill.schemas;

import java.io.Serializable;
import java.util.UUID;

/**
 * Where tasks of one run write, as full URIs of directories. In stores with a cheap rename all lies
 * below the staging directory; in object stores, files get their final place at once, since a
 * rename there copies bytes and nothing is visible before the commit lists it.
 *
 * @param data for data files
 * @param rejects for reject files
 * @param lists for lists of replaced ids and processed sources
 * @param units for checkpoints of work units
 */
public record StagingPlaces(String data, String rejects, String lists, String units)
    implements Serializable {

  /** A new unique file URI below {@code directory}; safe in any task attempt. */
  public static String newFile(String directory, String prefix) {
    return directory + "/" + prefix + "-" + UUID.randomUUID() + ".parquet";
  }
}
