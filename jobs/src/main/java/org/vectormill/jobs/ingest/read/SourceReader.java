package org.vectormill.jobs.ingest.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;

/** Reads sources, whole or in pieces. Of one thread. */
public final class SourceReader {
  /** Attribute of an image that a record names: the URI of the file with the record. */
  public static final String LISTED_IN = "listed_in";

  private final Configuration conf;
  private final ReadSpec spec;
  private final ItemOutput out;
  private final Intake intake;
  private final ParquetFiles parquet;

  public SourceReader(Configuration conf, ReadSpec spec, ItemOutput out) {
    this.conf = conf;
    this.spec = spec;
    this.out = out;
    this.intake = new Intake(spec, out);
    this.parquet = new ParquetFiles(conf, spec);
  }

  /**
   * Reads a piece to its end. What is wrong with the source becomes rejects.
   *
   * @throws VectormillException ({@code USAGE}) where a named column is missing, ({@code RETRY})
   *     where the store fails in a way that may pass
   */
  public void read(Piece piece) {
    SourceFile file = piece.file();
    if (piece.isFirst()) {
      out.processed(file.processed());
    }
    try {
      if (file.size() == 0) {
        throw new RejectedException(RejectReason.EMPTY, "the file has no bytes");
      }
      content(piece);
    } catch (StoreException e) {
      if (!e.isFinal()) {
        throw failing(file, e);
      }
      reject(piece, RejectReason.UNREADABLE, "the file can't be read: " + e.getMessage());
    } catch (EOFException e) {
      reject(piece, RejectReason.TRUNCATED, "the file ends too early: " + e.getMessage());
    } catch (IOException e) {
      reject(piece, RejectReason.MALFORMED_RECORD, "the file is damaged: " + e.getMessage());
    } catch (RejectedException e) {
      reject(piece, e.reason(), e.getMessage());
    }
  }

  /** The failure of a store that may answer another time. */
  private static VectormillException failing(SourceFile file, IOException e) {
    return new VectormillException(
        Fault.RETRY, "source " + file.uri() + " can't be read: " + e.getMessage(), e);
  }

  /** A source that fails inside a record is a reject of its own, beside what was read before. */
  private void reject(Piece piece, RejectReason reason, String message) {
    intake.reject(Candidate.at(piece.file().path(), piece.file()), null, reason, message);
  }

  private void content(Piece piece) throws IOException, RejectedException {
    SourceFile file = piece.file();
    switch (file.kind()) {
      case PARQUET -> parquet.read(piece, columns -> records(file, columns));
      case JSONL -> {
        Columns columns = jsonColumns(file);
        try (InputStream in = open(file, LinePiece.startOf(piece))) {
          new JsonlFiles(spec).read(lines(piece, in), records(file, columns));
        }
      }
      default -> {
        try (InputStream in = open(file, LinePiece.startOf(piece))) {
          stream(piece, in);
        }
      }
    }
  }

  private void stream(Piece piece, InputStream in) throws IOException {
    SourceFile file = piece.file();
    switch (file.kind()) {
      case IMAGE, UNKNOWN -> new ImageFiles(spec, intake, out).read(file, in);
      case WEBDATASET -> new TarShards(spec, intake, out).read(file, in);
      case CSV, TSV -> {
        CsvFiles csv = new CsvFiles(spec);
        CsvFiles.Open open = csv.open(file, in);
        csv.read(file, open, records(file, open.columns()));
      }
      case TEXT -> {
        TextFiles texts = new TextFiles(spec, intake);
        if (spec.textUnit() == TextUnit.FILE) {
          texts.readWhole(file, in);
        } else {
          texts.readLines(lines(piece, in));
        }
      }
      case JSONL, PARQUET -> throw new IllegalStateException("no stream: " + file.kind());
    }
  }

  private RecordIntake records(SourceFile file, Columns columns) {
    return new RecordIntake(spec, columns, file, intake, new LinkedImages(conf, spec, intake));
  }

  private LinePiece lines(Piece piece, InputStream in) throws IOException {
    boolean compressed = compression(piece.file()) != Compression.NONE;
    return LinePiece.open(piece, in, compressed, spec.limits().itemBytes());
  }

  /** An image's bytes are what its file holds, whatever its name says. */
  private static Compression compression(SourceFile file) {
    return switch (file.kind()) {
      case IMAGE, UNKNOWN, PARQUET -> Compression.NONE;
      case WEBDATASET, TEXT, JSONL, CSV, TSV -> Compression.of(file.path());
    };
  }

  private Columns jsonColumns(SourceFile file) throws IOException {
    Piece whole = Piece.whole(file);
    try (InputStream in = open(file, 0)) {
      return new JsonlFiles(spec).columns(lines(whole, in));
    }
  }

  private InputStream open(SourceFile file, long at) throws IOException {
    StoreInput raw = StoreInput.open(conf, file.uri(), at);
    try {
      return compression(file).open(raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * Checks that a file of records has the columns that are named, before anything is written.
   *
   * @throws VectormillException ({@code USAGE}) where one is missing, ({@code RETRY}) where the
   *     store fails
   */
  public static void requireColumns(Configuration conf, ReadSpec spec, SourceFile file) {
    SourceReader reader = new SourceReader(conf, spec, null);
    try {
      switch (file.kind()) {
        case PARQUET -> reader.parquet.requireColumns(file);
        case JSONL -> reader.jsonColumns(file);
        case CSV, TSV -> {
          try (InputStream in = reader.open(file, 0)) {
            new CsvFiles(spec).open(file, in);
          }
        }
        case IMAGE, WEBDATASET, TEXT, UNKNOWN -> {}
      }
    } catch (StoreException e) {
      if (!e.isFinal()) {
        throw failing(file, e);
      }
    } catch (IOException | RejectedException e) {
      // Damage is a reject, which reading the file makes.
      return;
    }
  }

  /**
   * The row groups of a Parquet file, its columns checked; the file as a whole where it can't be
   * read, which reading it makes a reject.
   */
  public static List<Piece> rowGroups(Configuration conf, ReadSpec spec, SourceFile file) {
    try {
      return new ParquetFiles(conf, spec).pieces(file);
    } catch (StoreException e) {
      if (!e.isFinal()) {
        throw failing(file, e);
      }
      return List.of(Piece.whole(file));
    } catch (IOException e) {
      throw failing(file, e);
    } catch (RejectedException e) {
      return List.of(Piece.whole(file));
    }
  }

  /** Whether ranges of a file's bytes can be read apart from each other. */
  public static boolean splits(SourceFile file, ReadSpec spec) {
    boolean lines =
        file.kind() == SourceKind.JSONL
            || (file.kind() == SourceKind.TEXT && spec.textUnit() == TextUnit.LINE);
    return lines && compression(file) == Compression.NONE;
  }
}
