package org.vectormill.udfs.deep.network;

/** A {@link ClusterNetwork} in native memory. Of one thread, which closes it. */
public interface OpenNetwork extends AutoCloseable {
  /** What the network makes of rows. */
  CodedRows of(Rows rows);

  @Override
  void close();
}
