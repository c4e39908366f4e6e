package org.vectormill.udfs.text;

import java.util.Arrays;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.engine.NetworkMemoryException;

/**
 * Runs batches, and halves one that fails until the rows at fault stand alone: a batch that is too
 * large for the device passes in parts, and a row that fails alone is a reject. One unit on one
 * thread.
 */
final class Bisection {
  /** Encodes these rows of the unit together. */
  @FunctionalInterface
  interface Batch {
    void run(int[] rows);
  }

  private final VectorRows rows;
  private final Batch batch;
  private int failed;
  private RuntimeException first;
  private boolean alike = true;

  Bisection(VectorRows rows, Batch batch) {
    this.rows = rows;
    this.batch = batch;
  }

  /**
   * Encodes the rows; those that fail alone are failures in the result.
   *
   * @throws VectormillException as the batch throws it: then the encoder is at fault, not a row
   */
  void run(int[] batchRows) {
    try {
      batch.run(batchRows);
    } catch (VectormillException e) {
      throw e;
    } catch (NetworkMemoryException | OutOfMemoryError e) {
      if (batchRows.length == 1) {
        rows.fail(
            batchRows[0], RejectReason.OUT_OF_MEMORY, "out of memory alone: " + e.getMessage());
      } else {
        halve(batchRows);
      }
    } catch (RuntimeException e) {
      if (batchRows.length == 1) {
        fail(batchRows[0], e);
      } else {
        halve(batchRows);
      }
    }
  }

  private void halve(int[] batchRows) {
    int middle = batchRows.length / 2;
    run(Arrays.copyOfRange(batchRows, 0, middle));
    run(Arrays.copyOfRange(batchRows, middle, batchRows.length));
  }

  private void fail(int row, RuntimeException e) {
    rows.fail(row, RejectReason.ENCODER_FAILED, "the encoder failed: " + e.getMessage());
    failed++;
    first = first == null ? e : first;
    alike &= String.valueOf(first.getMessage()).equals(String.valueOf(e.getMessage()));
  }

  /**
   * Refuses a unit of several rows that all failed in the same way, memory apart: that is the
   * encoder's fault.
   *
   * @param unit rows of the unit
   * @throws VectormillException ({@code ENCODER}) with the rows' common message
   */
  void requireSomeSuccess(int unit) {
    if (failed == unit && unit > 1 && alike) {
      throw new VectormillException(
          Fault.ENCODER,
          "the encoder failed on each of " + unit + " texts alike: " + first.getMessage(),
          first);
    }
  }
}
