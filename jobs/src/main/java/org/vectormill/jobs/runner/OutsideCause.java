package org.vectormill.jobs.runner;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.ipc.RemoteException;
import org.vectormill.schemas.Fault;

/**
 * Causes of a failure that lie outside of this program, told by the types of exceptions. Types go
 * by their simple names: those of most stores are on no class path that this compiles with, and
 * what a name node or a task threw may arrive as text.
 */
enum OutsideCause {
  DISK_FULL(
      Fault.RETRY,
      "A disk is full: free space or point spark.local.dir elsewhere",
      Set.of("DiskErrorException"),
      "No space left on device|No space available in any of the local directories"),
  QUOTA(
      Fault.RETRY,
      "A quota is used up: free space or have it raised",
      Set.of(
          "QuotaExceededException",
          "DSQuotaExceededException",
          "NSQuotaExceededException",
          "ClusterStorageCapacityExceededException"),
      "Disk quota exceeded|quota of \\S+ is exceeded"),
  BROKEN_DISK(
      Fault.RETRY,
      "A disk or a mounted store failed: look at the log of its machine, then run the same command"
          + " again",
      Set.of(),
      "Input/output error|Stale file handle|Transport endpoint is not connected"),
  MEMORY(
      Fault.RETRY,
      "Memory ran out: raise VECTORMILL_HEAP or spark.driver.memory",
      Set.of("OutOfMemoryError"),
      ""),
  LOST(
      Fault.RETRY,
      "A store or executors were lost: see that they can be reached, then run the same command again",
      Set.of(
          "ConnectException",
          "NoRouteToHostException",
          "UnknownHostException",
          "SocketTimeoutException",
          "ConnectTimeoutException",
          "HttpTimeoutException",
          "NoHttpResponseException",
          // HDFS
          "BlockMissingException",
          "SafeModeException",
          "StandbyException",
          "RetriableException",
          // S3A and the AWS SDK
          "AWSServiceThrottledException",
          "AWSStatus500Exception",
          "AWSNoResponseException",
          "ApiCallTimeoutException",
          "ApiCallAttemptTimeoutException",
          // Spark
          "RpcTimeoutException",
          "FetchFailedException"),
      "ExecutorLostFailure|FetchFailed|Master removed our application"
          + "|All masters are unresponsive|SparkContext was shut down"
          + "|Cannot call methods on a stopped SparkContext"
          + "|Connection refused|Connection reset|Connection timed out|Broken pipe"
          + "|could only be written to \\d+ of the \\d+ min|Could not obtain block"
          + "|All datanodes .* are bad|Unable to create new block|Name node is in safe mode"
          + "|is not supported in state standby|End of File Exception between"
          + "|Unable to execute HTTP request|Slow Down|SlowDown|Service Unavailable"
          + "|Status Code: (?:429|5\\d\\d)"),
  RESULT_SIZE(
      Fault.USAGE,
      "Results of tasks are more than the driver takes: raise spark.driver.maxResultSize, and"
          + " spark.driver.memory with it",
      Set.of(),
      "is bigger than spark\\.driver\\.maxResultSize"),
  DENIED(
      Fault.INPUT,
      "Access is denied: check the permissions",
      Set.of("AccessControlException", "AccessDeniedException", "NoAuthWithAWSException"),
      "Permission denied|Read-only file system|Unable to load credentials|Status Code: 403"),
  NO_DIRECTORY(
      Fault.USAGE,
      "A directory can't be made there, since part of the path is a file or takes none: name another"
          + " directory",
      Set.of("ParentNotDirectoryException"),
      "Parent path is not a directory|Mkdirs failed"),
  NO_FILE_SYSTEM(
      Fault.USAGE,
      "A URI's file system is not there",
      Set.of("UnsupportedFileSystemException"),
      MissingFileSystem.MESSAGES);

  private final Fault fault;
  private final String advice;
  private final Set<String> types;
  private final Pattern words;

  OutsideCause(Fault fault, String advice, Set<String> types, String messages) {
    this.fault = fault;
    this.advice = advice;
    this.types = types;
    String names = types.isEmpty() ? "" : "\\b(?:" + String.join("|", types) + ")\\b";
    this.words = Pattern.compile(messages.isEmpty() ? names : glue(names, messages));
  }

  private static String glue(String names, String messages) {
    return names.isEmpty() ? messages : names + "|" + messages;
  }

  /** A cause, and the throwable that shows it. */
  record Found(OutsideCause cause, Throwable thrown) {
    Fault fault() {
      return cause.fault;
    }

    /** What to do, and in brackets {@code reason}, one line. */
    String sentence(String reason) {
      String advice =
          cause == NO_FILE_SYSTEM ? MissingFileSystem.advice(String.valueOf(thrown)) : cause.advice;
      return advice + " (" + reason + ")";
    }
  }

  /** The first that a type tells, else the first that words tell; the outermost throwable first. */
  static Optional<Found> among(List<Throwable> causes) {
    return byType(causes).or(() -> byWords(causes));
  }

  private static Optional<Found> byType(List<Throwable> causes) {
    for (Throwable thrown : causes) {
      for (OutsideCause cause : values()) {
        if (cause.isTypeOf(thrown)) {
          return Optional.of(new Found(cause, thrown));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> byWords(List<Throwable> causes) {
    for (Throwable thrown : causes) {
      String text = String.valueOf(thrown);
      for (OutsideCause cause : values()) {
        if (cause.words.matcher(text).find()) {
          return Optional.of(new Found(cause, thrown));
        }
      }
    }
    return Optional.empty();
  }

  private boolean isTypeOf(Throwable thrown) {
    if (thrown instanceof RemoteException remote && types.contains(simpleName(remote))) {
      return true;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (types.contains(type.getSimpleName())) {
        return true;
      }
    }
    return false;
  }

  /** Of what a name node threw. */
  private static String simpleName(RemoteException remote) {
    String name = String.valueOf(remote.getClassName());
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
