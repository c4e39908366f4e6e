package org.vectormill.jobs.export;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.DataFile;

/**
 * The file {@code .NAME.exporting} beside an export, there while its files get their place one by
 * one: their names, one a line. A directory that holds nothing else is what a killed run left, and
 * may be removed; one with any other file is somebody's.
 */
final class BegunExport {
  private final FileSystem fs;
  private final Path output;
  private final Path list;

  BegunExport(FileSystem fs, Path output) {
    this.fs = fs;
    this.output = output;
    this.list = new Path(output.getParent(), "." + output.getName() + ".exporting");
  }

  boolean isThere() throws IOException {
    return fs.exists(list);
  }

  void write(List<DataFile> files) throws IOException {
    StringBuilder names = new StringBuilder();
    files.forEach(file -> names.append(new Path(file.path()).getName()).append('\n'));
    try (OutputStream out = fs.create(list, true)) {
      out.write(names.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether everything that stands in the output is of the export that was begun. */
  boolean isAllOf(Path directory) throws IOException {
    Set<String> names = names();
    for (FileStatus file : fs.listStatus(directory)) {
      if (!names.contains(file.getPath().getName())) {
        return false;
      }
    }
    return !names.isEmpty();
  }

  /** Fails where a file is missing or shorter, as where another run took it for a dead run's. */
  void requireWhole(List<DataFile> files) throws IOException {
    for (DataFile file : files) {
      Path place = new Path(output, new Path(file.path()).getName());
      if (fs.getFileStatus(place).getLen() != file.bytes()) {
        throw new IOException(place + " has not " + file.bytes() + " bytes");
      }
    }
  }

  /** Removes what is there of the export that was begun, if one was. */
  void takeBack() throws IOException {
    if (fs.exists(output) && isAllOf(output)) {
      fs.delete(output, true);
    }
    end();
  }

  void end() throws IOException {
    fs.delete(list, false);
  }

  private Set<String> names() throws IOException {
    try (InputStream in = fs.open(list)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new HashSet<>(text.lines().toList());
    } catch (FileNotFoundException e) {
      return Set.of();
    }
  }
}
