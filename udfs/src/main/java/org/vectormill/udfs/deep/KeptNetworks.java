package org.vectormill.udfs.deep;

import java.util.function.Supplier;
import org.vectormill.udfs.pool.TaskGpu;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Networks in native memory, kept when a task has done with them for the next task of this JVM that
 * wants the same: to bring weights there takes as long as the work of some hundred rows, and a work
 * unit may have no more. The last ones asked for are kept, as many as were in use side by side.
 */
public final class KeptNetworks {
  /**
   * What makes two open networks the same. Weights and centroids are those of a broadcast, which
   * are the same objects in all of a JVM's tasks.
   */
  private record Key(Object weights, Object centroids, MatrixSpec matrices, String gpu) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && key.weights == weights
          && key.centroids == centroids
          && key.matrices.equals(matrices)
          && String.valueOf(key.gpu).equals(String.valueOf(gpu));
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(weights);
    }
  }

  private static final IdleValues<Key, OpenNetwork> NETWORKS = new IdleValues<>(OpenNetwork::close);
  private static final IdleValues<Key, RowEncoder> ENCODERS = new IdleValues<>(RowEncoder::close);

  /** As {@link ClusterNetwork#open}; of one thread, which closes it. */
  public static OpenNetwork open(ClusterNetwork weights, Centroids centroids, MatrixSpec matrices) {
    Key key = key(weights, centroids, matrices);
    OpenNetwork network = taken(NETWORKS, key, matrices, () -> weights.open(centroids, matrices));
    return new OpenNetwork() {
      @Override
      public CodedRows of(Rows rows) {
        return network.of(rows);
      }

      @Override
      public void close() {
        NETWORKS.give(key, network);
      }
    };
  }

  /** As {@link ClusterNetwork#encoder}; of one thread, which closes it. */
  public static RowEncoder encoder(ClusterNetwork weights, MatrixSpec matrices) {
    Key key = key(weights, null, matrices);
    RowEncoder encoder = taken(ENCODERS, key, matrices, () -> weights.encoder(matrices));
    return new RowEncoder() {
      @Override
      public float[] encode(Rows rows) {
        return encoder.encode(rows);
      }

      @Override
      public void close() {
        ENCODERS.give(key, encoder);
      }
    };
  }

  private static Key key(Object weights, Object centroids, MatrixSpec matrices) {
    return new Key(weights, centroids, matrices, TaskGpu.address());
  }

  private static <T> T taken(
      IdleValues<Key, T> idle, Key key, MatrixSpec matrices, Supplier<T> opened) {
    // How many threads an operation has is a setting of the calling thread, which may be another
    // than the one that opened the network.
    matrices.setThreads();
    return idle.take(key, opened);
  }

  private KeptNetworks() {}
}
