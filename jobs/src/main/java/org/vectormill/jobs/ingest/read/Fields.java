package org.vectormill.jobs.ingest.read;

import java.util.Map;
import java.util.Set;

/** The values of one record, by column; a dot leads into nested ones. */
interface Fields {
  /** The value as text; null where the record has none. */
  String text(String column) throws RejectedException;

  /** The value as an image; null where the record has none. */
  ImageCell image(String column) throws RejectedException;

  /** Values of all columns that have a plain one, without those named. */
  Map<String, String> others(Set<String> without) throws RejectedException;
}
