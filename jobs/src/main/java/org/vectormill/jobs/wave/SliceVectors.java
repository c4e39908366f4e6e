package org.vectormill.jobs.wave;

import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.RejectReason;
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
public record SliceVectors(RowSlice slice, VectorRows group) {
  /**
   * Reads a slice.
   *
   * @param dimension that every vector must have: the table's
   * @throws VectormillException ({@code INPUT}) where the file's is another
   */
  public static SliceVectors read(Configuration conf, RowSlice slice, int dimension) {
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

  /**
   * The usable rows as blocks.
   *
   * @param metric unit rows where it is cosine
   */
  public PackedUnit pack(Metric metric) {
    return PackedUnit.of(group, slice.first(), selected(), metric);
  }

  /** Whether each row of the slice is wanted. */
  public boolean[] selected() {
    boolean[] selected = new boolean[slice.rows()];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = slice.takes(i);
    }
    return selected;
  }

  /** Says that each wanted row was read, and rejects those that {@code unit} can't use. */
  public void account(PackedUnit unit, UnitSink sink) {
    boolean[] selected = selected();
    for (int i = 0; i < selected.length; i++) {
      if (!selected[i]) {
        continue;
      }
      sink.read(id(i));
      RejectReason reason = unit.unusable()[i];
      if (reason != null) {
        String message =
            reason == RejectReason.ZERO_VECTOR
                ? "the vector is all zero and has no direction"
                : "the vector holds NaN or an infinity, or is longer than 1e18";
        sink.reject(id(i), slice.fileUri(), contentHash(i), reason, message);
      }
    }
  }

  public String id(int i) {
    return group.ids()[slice.first() + i];
  }

  public String contentHash(int i) {
    return group.contentHashes()[slice.first() + i];
  }
}
