package org.vectormill.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Reads commit files several at a time, since each costs a round trip in an object store: a table
 * of a thousand waves opens in the time of some dozens.
 */
final class CommitFiles {
  private static final int AT_ONCE = 32;

  /** Fewer are read by the caller's own thread. */
  private static final int WORTH_THREADS = 4;

  private final FileSystem fs;

  CommitFiles(FileSystem fs) {
    this.fs = fs;
  }

  /**
   * The commits of listed files, in the order of the list.
   *
   * @throws VectormillException ({@link Fault#RETRY}) where one can't be read
   */
  List<WaveCommit> read(List<FileStatus> files) {
    if (files.size() < WORTH_THREADS) {
      return files.stream().map(this::read).toList();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(AT_ONCE, files.size()), CommitFiles::daemon);
    try {
      List<Future<WaveCommit>> pending = new ArrayList<>();
      for (FileStatus file : files) {
        pending.add(threads.submit(() -> read(file)));
      }
      return pending.stream().map(CommitFiles::result).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "vectormill-commits");
    thread.setDaemon(true);
    return thread;
  }

  private static WaveCommit result(Future<WaveCommit> pending) {
    try {
      return pending.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VectormillException known) {
        throw known;
      }
      throw new IllegalStateException("a commit can't be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VectormillException(Fault.RETRY, "reading commits was interrupted", e);
    }
  }

  private WaveCommit read(FileStatus file) {
    String json;
    // With the status in hand an object store is asked once and not twice.
    try (InputStream in = fs.openFile(file.getPath()).withFileStatus(file).build().get()) {
      json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException | ExecutionException e) {
      throw failed(file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(file, e);
    }
    return TableDirectory.parse(json, file.getPath());
  }

  private static VectormillException failed(FileStatus file, Exception e) {
    return new VectormillException(
        Fault.RETRY, "commit " + file.getPath() + " can't be read: " + e.getMessage(), e);
  }
}
