package org.vectormill.udfs.deep.network;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vectormill.udfs.pool.TaskGpu;
import org.vectormill.udfs.vectors.Centroids;
import org.vectormill.udfs.vectors.MatrixSpec;

/**
 * Networks in native memory, kept when a task has done with them for the next task of this JVM that
 * wants the same: to bring weights there takes as long as the work of some hundred rows, and a work
 * unit may have no more. As many are kept as were in use side by side.
 */
public final class KeptNetworks {
  /** Two networks of a task, on each of a machine's GPUs. */
  private static final int KEYS = 16;

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
          && Objects.equals(key.gpu, gpu);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(weights);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(KeptNetworks.class);

  private static final IdleValues<Key, OpenNetwork> NETWORKS =
      new IdleValues<>(KEYS, OpenNetwork::close);
  private static final IdleValues<Key, RowEncoder> ENCODERS =
      new IdleValues<>(KEYS, RowEncoder::close);

  static {
    try {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(KeptNetworks::closeIdle, "kept-networks-close"));
    } catch (IllegalStateException e) {
      // The JVM is ending already, as where a job is killed before it opened a network.
      LOG.debug("networks are not kept while the JVM ends", e);
    }
  }

  /** As {@link ClusterNetwork#open}; of one thread, which closes it. */
  public static OpenNetwork open(ClusterNetwork weights, Centroids centroids, MatrixSpec matrices) {
    return new Network(
        new Lease<>(
            NETWORKS,
            new Key(weights, centroids, matrices, TaskGpu.address()),
            matrices,
            () -> weights.open(centroids, matrices)));
  }

  /** As {@link ClusterNetwork#encoder}; of one thread, which closes it. */
  public static RowEncoder encoder(ClusterNetwork weights, MatrixSpec matrices) {
    return new Encoder(
        new Lease<>(
            ENCODERS,
            new Key(weights, null, matrices, TaskGpu.address()),
            matrices,
            () -> weights.encoder(matrices)));
  }

  /** Closes what no task uses: at the end of a job whose JVM goes on. */
  public static void closeIdle() {
    NETWORKS.closeAll();
    ENCODERS.closeAll();
  }

  private record Network(Lease<OpenNetwork> lease) implements OpenNetwork {
    @Override
    public CodedRows of(Rows rows) {
      return lease.use(network -> network.of(rows));
    }

    @Override
    public void close() {
      lease.end();
    }
  }

  private record Encoder(Lease<RowEncoder> lease) implements RowEncoder {
    @Override
    public float[] encode(Rows rows) {
      return lease.use(encoder -> encoder.encode(rows));
    }

    @Override
    public void close() {
      lease.end();
    }
  }

  /**
   * A value in use by one thread. One that failed is not kept: nobody knows what state it is in.
   */
  private static final class Lease<V> {
    private final IdleValues<Key, V> idle;
    private final Key key;
    private final V value;
    private boolean failed;
    private boolean ended;

    Lease(IdleValues<Key, V> idle, Key key, MatrixSpec matrices, Supplier<V> made) {
      this.idle = idle;
      this.key = key;
      // How many threads an operation has is a setting of the calling thread, which may be
      // another than the one that opened the network.
      matrices.setThreads();
      this.value = idle.take(key, made);
    }

    <R> R use(Function<V, R> what) {
      boolean done = false;
      try {
        R result = what.apply(value);
        done = true;
        return result;
      } finally {
        failed |= !done;
      }
    }

    void end() {
      if (ended) {
        return;
      }
      ended = true;
      if (failed) {
        idle.close(value);
      } else {
        idle.give(key, value);
      }
    }
  }

  private KeptNetworks() {}
}
