package org.vectormill.udfs.vectors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.stream.IntStream;
import org.vectormill.udfs.engine.Matrices;

/**
 * Looks for the nearest centroids in the groups nearest to a row: one product with the groups'
 * means, then one for each group with the rows that look into it. Entries are those of {@link
 * CentroidTile}; of equal ones the lower number wins.
 */
final class TwoLevelSearch implements CentroidSearch {
  /** Rows of a product are padded to multiples of so many: there are few shapes then. */
  private static final int PADDED = 32;

  private final int dimension;
  private final int probes;
  private final CentroidSearch heads;
  private final NDManager manager;
  private final int[][] members;
  private final CentroidTile[] tiles;
  private final Shifted shifted;

  /**
   * @param heads a search of the groups' means, closed with this one
   * @param manager of this search alone
   */
  TwoLevelSearch(SearchedCentroids searched, CentroidSearch heads, NDManager manager) {
    Centroids centroids = searched.centroids();
    this.dimension = centroids.dimension();
    this.probes = searched.probes();
    this.heads = heads;
    this.manager = manager;
    int groups = searched.heads().count();
    this.members = new int[groups][];
    this.tiles = new CentroidTile[groups];
    float[] mean = CentroidTile.mean(centroids);
    this.shifted = new Shifted(mean);
    for (int g = 0; g < groups; g++) {
      int group = g;
      members[g] =
          IntStream.range(0, centroids.count())
              .filter(c -> searched.groupOf()[c] == group)
              .toArray();
      tiles[g] = tile(centroids, mean, members[g]);
    }
  }

  /** A GPU may have no room for the rest; the next attempt needs what is taken. */
  private CentroidTile tile(Centroids centroids, float[] mean, int[] of) {
    try {
      return new CentroidTile(manager, centroids, mean, of);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public int[] nearest(VectorBlock block) {
    return nearest(block, 1);
  }

  @Override
  public int[] nearest(VectorBlock block, int count) {
    int n = block.rows();
    int[] probed = heads.nearest(block, probes);
    int[] sizes = new int[members.length];
    for (int group : probed) {
      sizes[group]++;
    }
    TopEntries top = new TopEntries(n, count);
    for (int group = 0; group < members.length; group++) {
      if (sizes[group] > 0) {
        look(block, group, looking(probed, group, sizes[group]), top);
      }
    }
    return top.numbers();
  }

  /** Rows that look into a group. */
  private int[] looking(int[] probed, int group, int count) {
    int[] rows = new int[count];
    int at = 0;
    for (int i = 0; i < probed.length; i++) {
      if (probed[i] == group) {
        rows[at++] = i / probes;
      }
    }
    return rows;
  }

  private void look(VectorBlock block, int group, int[] rows, TopEntries top) {
    int width = CentroidTile.width(dimension);
    int padded = (rows.length + PADDED - 1) / PADDED * PADDED;
    float[] values = new float[padded * width];
    for (int i = 0; i < rows.length; i++) {
      int at = rows[i] * dimension;
      float[] row = shifted.of(block.values(), at);
      System.arraycopy(row, shifted.from(at), values, i * width, dimension);
    }
    int columns = members[group].length;
    float[] entries;
    try (NDManager scratch = manager.newSubManager()) {
      NDArray given = Matrices.create(scratch, values, new Shape(padded, width));
      entries = tiles[group].entries(given).toFloatArray();
    }
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < columns; c++) {
        top.offer(rows[i], entries[i * columns + c], members[group][c]);
      }
    }
  }

  @Override
  public void close() {
    heads.close();
    manager.close();
  }
}
