package org.vectormill.udfs.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A network on a GPU that several tasks share: one thread runs their batches one after the other,
 * and who comes when the queue is full waits. Two batches at once would double the memory that the
 * device needs and gain nothing.
 */
final class SharedGpuNetwork implements Network {
  private record Batch(List<Tensor> inputs, CompletableFuture<NetworkOutput> result) {}

  private static final Batch STOP = new Batch(List.of(), new CompletableFuture<>());

  private final Network network;
  private final BlockingQueue<Batch> queue;
  private final Thread dispatcher;
  private volatile boolean closed;

  /**
   * @param network owned from now on
   * @param waiting most batches that wait
   */
  SharedGpuNetwork(Network network, int waiting) {
    this.network = network;
    this.queue = new ArrayBlockingQueue<>(waiting);
    this.dispatcher = new Thread(this::dispatch, "gpu-dispatch");
    dispatcher.setDaemon(true);
    dispatcher.start();
  }

  private void dispatch() {
    try {
      for (Batch batch = queue.take(); !batch.equals(STOP); batch = queue.take()) {
        run(batch);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and it answers those who wait.
      Thread.currentThread().interrupt();
    }
  }

  private void run(Batch batch) {
    try {
      batch.result().complete(network.run(batch.inputs()));
    } catch (RuntimeException | Error e) {
      batch.result().completeExceptionally(e);
    }
  }

  @Override
  public List<String> inputs() {
    return network.inputs();
  }

  @Override
  public long fixedBatch() {
    return network.fixedBatch();
  }

  @Override
  public NetworkOutput run(List<Tensor> inputs) {
    Batch batch = new Batch(inputs, new CompletableFuture<>());
    if (closed) {
      throw closed();
    }
    try {
      queue.put(batch);
      // Closing may have come between; then nobody takes this batch any more.
      if (closed) {
        failWaiting();
      }
      return batch.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the GPU", e);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new CompletionException(e.getCause());
    }
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the encoder is closed: this JVM is shutting down");
  }

  /** Ends the thread after the batch that it runs; those that wait fail. */
  @Override
  public void close() {
    closed = true;
    failWaiting();
    queue.offer(STOP);
    network.close();
  }

  private void failWaiting() {
    List<Batch> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    for (Batch batch : waiting) {
      if (batch.equals(STOP)) {
        queue.offer(STOP);
      } else {
        batch.result().completeExceptionally(new IllegalStateException("the encoder is closed"));
      }
    }
  }
}
