package org.vectormill.udfs.vision;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.RowFailure;
import org.vectormill.udfs.engine.NetworkMemoryException;
import org.vectormill.udfs.engine.NetworkOutput;

/**
 * Runs the batches of one unit: halves a batch that the memory does not suffice for, and runs the
 * rows of a batch that fails one by one to find out whose fault it is.
 */
final class BatchRunner {
  /** Runs the first {@code rows} rows of a tensor. */
  interface Batch {
    NetworkOutput run(float[] tensor, int rows);
  }

  /** Takes row {@code at} of an output as that of position {@code i} of the unit. */
  interface Sink {
    void accept(int i, NetworkOutput output, int at);
  }

  private final Batch batch;
  private final boolean fixed;
  private final int size;
  private final Set<String> messages = new HashSet<>();
  private int succeeded;
  private int failed;
  private RuntimeException last;

  /**
   * @param fixed whether every batch must have the same number of rows
   * @param size floats of a row
   */
  BatchRunner(Batch batch, boolean fixed, int size) {
    this.batch = batch;
    this.fixed = fixed;
    this.size = size;
  }

  /**
   * Runs positions {@code from} to {@code to}, whose rows lie at the tensor's start.
   *
   * @param failures rows that have one already are not given to {@code sink}
   */
  void run(float[] tensor, int from, int to, RowFailure[] failures, Sink sink) {
    boolean any = false;
    for (int i = from; i < to; i++) {
      any |= failures[i] == null;
    }
    if (!any) {
      return;
    }
    try {
      NetworkOutput output = batch.run(tensor, tensor.length / size);
      for (int i = from; i < to; i++) {
        if (failures[i] == null) {
          succeeded++;
          sink.accept(i, output, i - from);
        }
      }
    } catch (NetworkMemoryException e) {
      outOfMemory(tensor, from, to, failures, sink, e);
    } catch (OutOfMemoryError e) {
      String message = "the heap ran out of memory for a batch of " + (to - from);
      outOfMemory(tensor, from, to, failures, sink, new NetworkMemoryException(message, e));
    } catch (VectormillException e) {
      throw e;
    } catch (RuntimeException e) {
      failed(tensor, from, to, failures, sink, e);
    }
  }

  private void outOfMemory(
      float[] tensor,
      int from,
      int to,
      RowFailure[] failures,
      Sink sink,
      NetworkMemoryException failure) {
    if (to - from == 1) {
      failures[from] = new RowFailure(RejectReason.OUT_OF_MEMORY, failure.getMessage());
      return;
    }
    if (fixed) {
      throw new VectormillException(
          Fault.ENCODER,
          "memory does not suffice for a batch of "
              + tensor.length / size
              + " images, and the network takes no smaller one: "
              + failure.getMessage(),
          failure);
    }
    int middle = from + (to - from) / 2;
    run(part(tensor, 0, middle - from), from, middle, failures, sink);
    run(part(tensor, middle - from, to - from), middle, to, failures, sink);
  }

  private void failed(
      float[] tensor, int from, int to, RowFailure[] failures, Sink sink, RuntimeException e) {
    if (Thread.currentThread().isInterrupted()) {
      throw e;
    }
    if (to - from == 1) {
      failed++;
      messages.add(String.valueOf(e.getMessage()));
      last = e;
      failures[from] = new RowFailure(RejectReason.ENCODER_FAILED, String.valueOf(e.getMessage()));
      return;
    }
    for (int i = from; i < to; i++) {
      run(part(tensor, i - from, i - from + 1), i, i + 1, failures, sink);
    }
  }

  /** Rows alone; where the number of rows is fixed, zeros follow them. */
  private float[] part(float[] tensor, int from, int to) {
    float[] rows = Arrays.copyOfRange(tensor, from * size, to * size);
    return fixed ? Arrays.copyOf(rows, tensor.length) : rows;
  }

  /**
   * Where every row of the unit failed in the same way, the rows are not to blame.
   *
   * @throws VectormillException ({@code ENCODER}) then
   */
  void requireNotAllAlike() {
    if (succeeded == 0 && failed > 1 && messages.size() == 1) {
      throw new VectormillException(
          Fault.ENCODER,
          "the network failed on each of " + failed + " images: " + messages.iterator().next(),
          last);
    }
  }
}
