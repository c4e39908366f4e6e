package org.vectormill.jobs.clustering;

import org.apache.hadoop.conf.Configuration;
import org.vectormill.jobs.wave.RowSlice;
import org.vectormill.schemas.TableFiles;
import org.vectormill.schemas.TableReader;
import org.vectormill.schemas.VectorRows;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.vectors.Metric;
import org.vectormill.udfs.vectors.PackedUnit;

/**
 * The vectors of one slice of a file.
 *
 * @param group the row group that holds them
 */
record SliceVectors(RowSlice slice, VectorRows group) {
  /**
   * Reads a slice.
   *
   * @param dimension that every vector must have: the table's
   * @throws VectormillException ({@code INPUT}) where the file's is another
   */
  static SliceVectors read(Configuration conf, RowSlice slice, int dimension) {
    try (TableReader<VectorRows> reader = TableFiles.readVectors(conf, slice.fileUri())) {
      VectorRows group = reader.read(slice.rowGroup());
      if (group.dimension() != dimension) {
        throw VectormillException.input(
            "file "
                + slice.fileUri()
                + ": column vector: dimension "
                + group.dimension()
                + ", expected "
                + dimension
                + " as the table's manifest says; embed the items of this file again");
      }
      return new SliceVectors(slice, group);
    }
  }

  PackedUnit pack(Metric metric) {
    return PackedUnit.of(group, slice.first(), selected(), metric);
  }

  boolean[] selected() {
    boolean[] selected = new boolean[slice.rows()];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = slice.takes(i);
    }
    return selected;
  }

  String id(int i) {
    return group.ids()[slice.first() + i];
  }

  String contentHash(int i) {
    return group.contentHashes()[slice.first() + i];
  }
}
