package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.apache.hadoop.hdfs.server.namenode.SafeModeException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
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
        Arguments.of(
            new ParentNotDirectoryException("Parent path is not a directory: file:/x"),
            Fault.USAGE),
        Arguments.of(new IOException("Mkdirs failed to create file:/proc/x"), Fault.USAGE),
        Arguments.of(
            new SparkException(
                "Job aborted: Total size of serialized results of 35 tasks (1050.6 MiB) is bigger than spark.driver.maxResultSize (1024.0 MiB)"),
            Fault.USAGE),
        Arguments.of(
            new RemoteException("org.apache.hadoop.security.AccessControlException", "no"),
            Fault.INPUT),
        Arguments.of(new IllegalStateException("left is not right"), Fault.BUG),
        Arguments.of(new VectormillException(Fault.BUG, "a row is lost"), Fault.BUG));
  }

  /** As stores, Spark and the JVM throw them. */
  static Stream<Throwable> passing() {
    return Stream.of(
        remote(
            "java.io.IOException",
            "File /t/x could only be written to 0 of the 1 minReplication nodes. There are 1 datanode(s) running"),
        remote(
            "org.apache.hadoop.hdfs.server.namenode.SafeModeException",
            "Cannot create /t. Name node is in safe mode."),
        remote(
            "org.apache.hadoop.ipc.StandbyException",
            "Operation category READ is not supported in state standby"),
        remote(
            "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException",
            "The DiskSpace quota of /t is exceeded"),
        new DSQuotaExceededException("The DiskSpace quota of /t is exceeded: quota = 1 B"),
        new BlockMissingException("/t/x", "Could not obtain block: BP-1:blk_1 file=/t/x", 0),
        new SafeModeException("Cannot create /t"),
        new IOException("Disk quota exceeded"),
        new IOException("Input/output error"),
        new SocketException("Connection reset"),
        new SocketException("Broken pipe"),
        new SocketTimeoutException("Read timed out"),
        new SparkException(
            "Job aborted due to stage failure", new SocketTimeoutException("Read timed out")),
        new SparkException(
            "Job aborted due to stage failure: Task 0 failed:\njava.io.IOException: read\nCaused by: java.net.SocketTimeoutException: 60000 millis timeout"),
        new ConnectTimeoutException("60000 millis timeout while waiting for channel"),
        new ConnectException("Call From a to b:8020 failed"),
        new NoRouteToHostException("No route to host"),
        new UnknownHostException("namenode"),
        new IllegalArgumentException(new UnknownHostException("namenode")),
        new HttpTimeoutException("request timed out"),
        new AWSServiceThrottledException("PUT on t/x: 503: rate"),
        new IOException(
            "software.amazon.awssdk.services.s3.model.S3Exception: Please reduce your request rate. (Service: S3, Status Code: 503, Request ID: 1)"),
        new IOException("PUT 0-byte object: Slow Down"),
        new SdkClientException("Unable to execute HTTP request: connect timed out"),
        new IllegalStateException(
            "Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was created at:"),
        new SparkException("Job 3 cancelled because SparkContext was shut down"),
        VectormillException.input("--input x can't be reached")
            .initCause(new ConnectException("Connection refused")),
        VectormillException.usage("--input x is no path")
            .initCause(new UnknownHostException("namenode")),
        VectormillException.encoder("encoder x can't be read")
            .initCause(new IOException(new SocketTimeoutException())));
  }

  private static RemoteException remote(String type, String message) {
    return new RemoteException(type, message);
  }

  /** Stands for S3A's, whose module is on no class path here; only the name is looked at. */
  private static final class AWSServiceThrottledException extends IOException {
    private static final long serialVersionUID = 1L;

    AWSServiceThrottledException(String message) {
      super(message);
    }
  }

  /** Stands for the one of the AWS SDK. */
  private static final class SdkClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SdkClientException(String message) {
      super(message);
    }
  }

  @ParameterizedTest
  @MethodSource("passing")
  void isWorthARetryWhereWhatHappenedMayPass(Throwable thrown) {
    assertEquals(Fault.RETRY, Failure.of(thrown).fault());
    assertEquals(Fault.RETRY, Failure.of(new SparkException("Job aborted", thrown)).fault());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Class org.apache.hadoop.fs.s3a.S3AFileSystem not found",
        "No FileSystem for scheme \"s3a\"",
      })
  void namesWhatS3NeedsOnTheClassPath(String message) {
    RuntimeException thrown = new RuntimeException(new ClassNotFoundException(message));
    for (Throwable one :
        List.of(thrown, new IOException(message), new UnsupportedFileSystemException(message))) {
      Failure failure = Failure.of(one);
      assertEquals(Fault.USAGE, failure.fault());
      assertTrue(
          failure.sentence().contains("s3a needs org.apache.hadoop:hadoop-aws:"),
          failure.sentence());
      assertTrue(failure.sentence().contains("class path"), failure.sentence());
    }
  }

  @Test
  void namesTheSchemeThatWasMeant() {
    IOException met = new UnsupportedFileSystemException("No FileSystem for scheme \"s3\"");
    Failure failure =
        Failure.of(new VectormillException(Fault.INPUT, "--input s3://b can't be reached", met));
    assertEquals(Fault.USAGE, failure.fault());
    assertTrue(failure.sentence().contains("write s3a://"), failure.sentence());
    assertTrue(failure.sentence().contains("--input s3://b can't be reached"), failure.sentence());
  }

  @Test
  void keepsWhatIsKnownOfOtherCauses() {
    VectormillException gate =
        new VectormillException(
            Fault.QUALITY, "rejects", new ConnectException("Connection refused"));
    assertEquals(Fault.QUALITY, Failure.of(gate).fault());
    VectormillException encoder =
        new VectormillException(Fault.ENCODER, "too large", new OutOfMemoryError());
    assertEquals(Fault.ENCODER, Failure.of(encoder).fault());
    VectormillException denied =
        new VectormillException(Fault.RETRY, "x can't be listed", new AccessDeniedException("x"));
    assertEquals(Fault.INPUT, Failure.of(denied).fault());
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
