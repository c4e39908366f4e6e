package org.vectormill.jobs.ingest.read;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;

/** Makes sources below a directory and reads them. */
public final class Corpus {
  static final Columns NO_COLUMNS = new Columns(null, null, null, null, null, List.of(), false);
  static final Limits LIMITS = new Limits(1000, 1_000_000, 1 << 20);

  private final Path directory;

  public Corpus(Path directory) {
    this.directory = directory;
  }

  static ReadSpec spec(Columns columns) {
    return new ReadSpec(
        TextUnit.LINE,
        columns.id() == null ? IdRule.PATH : IdRule.COLUMN,
        columns,
        new CsvFormat(true, (char) 0, '"'),
        LIMITS,
        new Inlining(Inlining.Mode.AUTO, 1 << 20),
        false,
        null);
  }

  public Path write(String name, byte[] bytes) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The file as a listing gives it. */
  SourceFile source(String name) {
    Path file = directory.resolve(name);
    try {
      return new SourceFile(
          file.toUri().toString(), name, Files.size(file), "1", SourceKind.ofName(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Found read(String name, ReadSpec spec) {
    return read(Piece.whole(source(name)), spec);
  }

  static Found read(Piece piece, ReadSpec spec) {
    Found found = new Found();
    new SourceReader(new Configuration(), spec, found).read(piece);
    return found;
  }

  /** A picture of one colour. */
  public static byte[] image(String format, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A tar of names and contents in turns; long names by GNU's or PAX's extension. */
  public static byte[] tar(boolean pax, Object... namesAndContents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(
          pax ? TarArchiveOutputStream.LONGFILE_POSIX : TarArchiveOutputStream.LONGFILE_GNU);
      tar.setAddPaxHeadersForNonAsciiNames(pax);
      for (int i = 0; i < namesAndContents.length; i += 2) {
        byte[] content =
            namesAndContents[i + 1] instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : (byte[]) namesAndContents[i + 1];
        TarArchiveEntry entry = new TarArchiveEntry((String) namesAndContents[i], true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
