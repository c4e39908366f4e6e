package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.deep.network.Averaged;

class WorkerPartTest {
  private record Value(double of) implements Averaged<Value> {
    @Override
    public Value average(Value other, double share) {
      return new Value(of + share * (other.of - of));
    }
  }

  private static WorkerPart<Value> part(long rows, double value, double loss, long seen) {
    return new WorkerPart<>(rows, new Value(value), Moments.NONE, loss).seeing(seen);
  }

  private static WorkerPart<Value> failed(int worker) {
    return WorkerPart.of(
        worker,
        () -> {
          DivergedException.check(Float.NaN, "pretraining", 3);
          return null;
        });
  }

  @Test
  void aWorkerCountsByItsRowsAndItsLossByThoseOfItsSteps() {
    WorkerPart<Value> both = part(3, 8, 1, 5).with(part(1, 4, 7, 1));
    assertEquals(4, both.rows());
    assertEquals(7, both.result().of());
    assertEquals(2, both.loss());
    assertEquals(6, both.seen());
  }

  @Test
  void ofSeveralEachCountsByItsRows() {
    WorkerPart<Value> left = part(1, 1, 0, 1).with(part(2, 4, 0, 2));
    WorkerPart<Value> right = part(3, 9, 0, 3).with(part(4, 16, 0, 4));
    assertEquals(10, left.with(right).result().of(), 1e-12);
  }

  @Test
  void idleWorkersCountForNothing() {
    WorkerPart<Value> idle = WorkerPart.idle(new Value(100));
    WorkerPart<Value> busy = part(3, 8, 1, 5);
    assertSame(busy, busy.with(idle));
    assertSame(busy, idle.with(busy));
    assertEquals(100, idle.with(idle).finite("epoch 1").result().of());
  }

  @Test
  void withoutStepsThereIsNoLoss() {
    assertEquals(0, part(3, 8, 0, 0).with(part(1, 4, 0, 0)).loss());
  }

  @Test
  void theFirstThatFailedIsNamed() {
    WorkerPart<Value> idle = WorkerPart.idle(new Value(100));
    WorkerPart<Value> busy = part(3, 8, 1, 5);
    WorkerPart<Value> all = idle.with(failed(1)).with(busy).with(busy.with(failed(4)));
    VectormillException failure =
        assertThrows(VectormillException.class, () -> all.finite("epoch 1"));
    assertEquals(Fault.QUALITY, failure.fault());
    assertTrue(failure.getMessage().contains("of epoch 1, worker 1; "), failure.getMessage());
  }
}
