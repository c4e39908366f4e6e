package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table files on a full disk, cut short, or without a value that a row needs. */
class TableFileFailuresTest {
  private static final Configuration CONF = new Configuration();

  @TempDir Path dir;

  @Test
  void saysThatTheDiskIsFullAndLeavesNoFile() {
    Configuration conf = new Configuration();
    conf.setClass("fs.small.impl", SmallDisk.class, SmallDisk.class);
    conf.setBoolean("fs.small.impl.disable.cache", true);
    SmallDisk.LEFT.set(100_000);
    String uri = "small://" + dir.resolve("full.parquet");
    VectormillException e =
        assertThrows(
            VectormillException.class,
            () -> {
              try (TableFileWriter<VectorRows> writer =
                  TableFiles.writeVectors(
                      conf, uri, Map.of(), new RowGroupSize(1 << 16, 100), 64)) {
                writer.write(rows(5000, 64));
                writer.finish();
              }
            });
    assertEquals(Fault.RETRY, e.fault());
    assertTrue(e.getMessage().contains("full.parquet"), e.getMessage());
    assertTrue(e.getMessage().contains("No space left"), e.getMessage());
    assertFalse(Files.exists(dir.resolve("full.parquet")));
  }

  @Test
  void refusesADirectoryOrAnEmptyFile() throws IOException {
    Files.writeString(dir.resolve("empty.parquet"), "");
    for (String uri : List.of(dir.toString(), dir.resolve("empty.parquet").toString())) {
      VectormillException e =
          assertThrows(VectormillException.class, () -> TableFiles.rowGroups(CONF, uri));
      assertEquals(Fault.INPUT, e.fault());
      assertTrue(e.getMessage().contains(uri), e.getMessage());
    }
  }

  @Test
  void namesTheFileWhosePageIsDamaged() throws IOException {
    Path file = dir.resolve("damaged.parquet");
    write(file.toString(), rows(2000, 64));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 1000, (byte) 0x55);
    Files.write(file, bytes);
    VectormillException e = assertThrows(VectormillException.class, () -> read(file.toString()));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().contains("damaged.parquet"), e.getMessage());
  }

  @Test
  void refusesRowsOfSeveralEncoders() {
    String uri = "src/test/resources/vectors/two-encoders.parquet";
    VectormillException e = assertThrows(VectormillException.class, () -> read(uri));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().contains("row 7 has e2, row 0 has e"), e.getMessage());
  }

  @Test
  void refusesAMissingIdHashOrFlag() {
    for (String column : List.of("id", "content_hash", "truncated")) {
      String uri = "src/test/resources/vectors/null-" + column + ".parquet";
      VectormillException e = assertThrows(VectormillException.class, () -> read(uri));
      assertEquals(Fault.INPUT, e.fault());
      assertTrue(
          e.getMessage().contains("column " + column + ": row 7 has a missing value"),
          e.getMessage());
    }
  }

  @Test
  void listsNoRowGroupOfATableWithoutRows() {
    String uri = "src/test/resources/vectors/no-rows.parquet";
    assertEquals(List.of(), TableFiles.rowGroups(CONF, uri));
    assertEquals(IdSetHash.EMPTY, TableFiles.hashIds(CONF, uri));
  }

  private static VectorRows read(String uri) {
    try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, uri)) {
      return reader.read(0);
    }
  }

  private static void write(String uri, VectorRows rows) {
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(CONF, uri, Map.of(), RowGroupSize.DEFAULT, rows.dimension())) {
      writer.write(rows);
      writer.finish();
    }
  }

  private static VectorRows rows(int rows, int dimension) {
    String[] ids = new String[rows];
    float[] values = new float[rows * dimension];
    for (int i = 0; i < rows; i++) {
      ids[i] = "id" + i;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(0x3f000000 | (i * 0x9E3779B1 >>> 9));
    }
    return new VectorRows(ids, ids, "e", dimension, values, null, new boolean[rows]);
  }

  /** A local file system that takes so many bytes and no more. */
  public static final class SmallDisk extends RawLocalFileSystem {
    static final AtomicLong LEFT = new AtomicLong();

    @Override
    public URI getUri() {
      return URI.create("small:///");
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      OutputStream file = Files.newOutputStream(Path.of(path.toUri().getPath()));
      return new FSDataOutputStream(
          new OutputStream() {
            @Override
            public void write(int value) throws IOException {
              write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int at, int size) throws IOException {
              if (LEFT.addAndGet(-size) < 0) {
                throw new IOException("No space left on device");
              }
              file.write(bytes, at, size);
            }

            @Override
            public void close() throws IOException {
              file.close();
              if (LEFT.get() < 0) {
                throw new IOException("closed on a full disk");
              }
            }
          },
          statistics);
    }

    @Override
    public FSDataOutputStream create(
        org.apache.hadoop.fs.Path path,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      return create(path, null, overwrite, bufferSize, replication, blockSize, progress);
    }
  }
}
