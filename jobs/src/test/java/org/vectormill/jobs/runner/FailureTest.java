package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

class FailureTest {
  static Stream<Arguments> thrown() {
    return Stream.of(
        Arguments.of(VectormillException.input("nothing at x"), Fault.INPUT),
        Arguments.of(
            new SparkException("Job aborted", VectormillException.encoder("no gpu")),
            Fault.ENCODER),
        Arguments.of(new IOException("No space left on device"), Fault.RETRY),
        Arguments.of(
            new VectormillException(
                Fault.BUG, "wave can't be written", new IOException("No space left on device")),
            Fault.RETRY),
        Arguments.of(
            new SparkException(
                "Job aborted due to stage failure: ExecutorLostFailure (executor 1 exited)"),
            Fault.RETRY),
        Arguments.of(new ConnectException("Connection refused"), Fault.RETRY),
        Arguments.of(new OutOfMemoryError("Java heap space"), Fault.RETRY),
        Arguments.of(new AccessDeniedException("/secret"), Fault.INPUT),
        Arguments.of(new IOException("No FileSystem for scheme \"s4\""), Fault.USAGE),
        Arguments.of(new IllegalStateException("left is not right"), Fault.BUG),
        Arguments.of(new VectormillException(Fault.BUG, "a row is lost"), Fault.BUG));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void findsWhoIsAtFault(Throwable thrown, Fault fault) {
    assertEquals(fault, Failure.of(thrown).fault());
  }

  @Test
  void isOneLine() {
    Failure failure = Failure.of(new IllegalStateException("first\nsecond"));
    assertEquals(1, failure.sentence().lines().count());
    assertTrue(failure.sentence().contains("IllegalStateException: first"), failure.sentence());
  }

  @Test
  void namesTheExceptionThatHasNoMessage() {
    assertEquals("IllegalStateException", Failure.firstLine(new IllegalStateException()));
  }

  @Test
  void survivesACycleOfCauses() {
    Exception left = new Exception("left");
    Exception right = new Exception("right", left);
    left.initCause(right);
    assertEquals(Fault.BUG, Failure.of(right).fault());
  }

  @Test
  void mapsEachFaultToItsExitCode() {
    int[] codes = Stream.of(Fault.values()).mapToInt(Fault::exitCode).toArray();
    assertEquals("[2, 3, 4, 5, 70, 75]", java.util.Arrays.toString(codes));
  }
}
