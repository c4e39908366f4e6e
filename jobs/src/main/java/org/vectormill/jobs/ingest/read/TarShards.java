package org.vectormill.jobs.ingest.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.vectormill.schemas.RejectReason;

/**
 * Reads tar shards as WebDataset writes them: neighbouring entries with the same path up to the
 * first dot of the base name are one sample. USTAR, GNU long names and PAX are read.
 */
final class TarShards {
  private final ReadSpec spec;
  private final Intake intake;
  private final ItemOutput out;

  TarShards(ReadSpec spec, Intake intake, ItemOutput out) {
    this.spec = spec;
    this.intake = intake;
    this.out = out;
  }

  void read(SourceFile shard, InputStream in) throws IOException {
    SampleIntake samples = new SampleIntake(spec, shard, intake);
    Sample sample = null;
    EndWatch watched = new EndWatch(in);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(watched, StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
        EntryName name = usable(shard, entry);
        if (name != null) {
          if (sample != null && !sample.key().equals(name.key())) {
            samples.take(sample);
            sample = null;
          }
          sample = sample == null ? new Sample(name.key(), spec.limits().itemBytes()) : sample;
          sample.add(name.field(), entry.getSize(), tar);
        }
      }
    } catch (IOException e) {
      if (sample != null && !(e instanceof StoreException)) {
        samples.cutOff(sample);
      }
      throw watched.ended() && !(e instanceof StoreException) ? cut(e) : e;
    }
    if (sample != null) {
      samples.take(sample);
    }
  }

  private static EOFException cut(IOException e) {
    EOFException cut = new EOFException(e.getMessage());
    cut.initCause(e);
    return cut;
  }

  /** A damaged header is damage to the shard, whatever the parser throws. */
  private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    try {
      return tar.getNextEntry();
    } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new IOException("damaged tar header: " + e.getMessage(), e);
    }
  }

  /** Name of an entry that belongs to a sample; null for others. */
  private EntryName usable(SourceFile shard, TarArchiveEntry entry) {
    if (entry.isDirectory()) {
      return null;
    }
    String path = entry.getName().startsWith("./") ? entry.getName().substring(2) : entry.getName();
    EntryName name = EntryName.of(path);
    if (!entry.isFile() || name.isHidden()) {
      out.count(IngestFact.LEFT_OUT_ENTRIES, 1);
      return null;
    }
    if (path.startsWith("/") || Arrays.asList(path.split("/")).contains("..")) {
      intake.reject(
          Candidate.at(shard.path() + "#" + path, shard),
          null,
          RejectReason.MALFORMED_RECORD,
          "the entry's name leads out of the shard");
      return null;
    }
    return name;
  }

  /**
   * An entry's name.
   *
   * @param key up to the first dot of the base name
   * @param field what is behind that dot
   */
  private record EntryName(String key, String field) {
    static EntryName of(String path) {
      int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
      return dot < 0
          ? new EntryName(path, "")
          : new EntryName(path.substring(0, dot), path.substring(dot + 1));
    }

    boolean isHidden() {
      return key.isEmpty() || key.endsWith("/");
    }
  }
}
