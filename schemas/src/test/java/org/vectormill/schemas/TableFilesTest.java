package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFilesTest {
  private static final Configuration CONF = new Configuration();

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"1,1,10", "7,3,2", "100,384,33", "5000,65,8192", "3,300000,8192"})
  void readsBackTheVectorsThatItWrote(int rows, int dimension, int groupRows) {
    VectorRows block = vectors(rows, dimension);
    String uri = file("vectors");
    DataFile written;
    try (TableFileWriter<VectorRows> writer =
        TableFiles.writeVectors(
            CONF, uri, Map.of(), new RowGroupSize(1 << 20, groupRows), dimension)) {
      writer.write(block);
      written = writer.finish();
    }
    assertEquals(rows, written.rows());
    assertEquals(written.ids(), TableFiles.hashIds(CONF, uri));
    int row = 0;
    try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, uri)) {
      for (RowGroup group : TableFiles.rowGroups(CONF, uri)) {
        assertEquals(row, group.firstRow());
        VectorRows read = reader.read(group.index());
        for (int i = 0; i < read.rows(); i++, row++) {
          assertEquals(block.ids()[row], read.ids()[i]);
          assertEquals(block.tokens()[row], read.tokens()[i]);
          assertEquals(block.truncated()[row], read.truncated()[i]);
          assertArrayEquals(
              java.util.Arrays.copyOfRange(block.values(), row * dimension, (row + 1) * dimension),
              java.util.Arrays.copyOfRange(read.values(), i * dimension, (i + 1) * dimension));
        }
      }
    }
    assertEquals(rows, row);
  }

  @Test
  void readsBackItemsWithAndWithoutOptionalValues() {
    ItemRow full =
        new ItemRow("a", "s", 3, "v", "text", "grüße", null, "h", "l", "train", Map.of("k", "v"));
    ItemRow bare =
        new ItemRow("b", "s", 4, "v", "image", null, new byte[] {1, 2}, "i", null, null, Map.of());
    String uri = file("items");
    try (TableFileWriter<ItemRow> writer =
        TableFiles.writeItems(CONF, uri, Map.of(), RowGroupSize.DEFAULT)) {
      writer.write(full);
      writer.write(bare);
      writer.finish();
    }
    try (TableReader<ItemRow[]> reader = TableFiles.readItems(CONF, uri, ItemColumnSet.ALL)) {
      ItemRow[] read = reader.read(0);
      assertEquals(full, read[0]);
      assertArrayEquals(bare.image(), read[1].image());
      assertEquals(bare.attributes(), read[1].attributes());
      assertNull(read[1].label());
    }
    try (TableReader<ItemRow[]> reader = TableFiles.readItems(CONF, uri, ItemColumnSet.KEYS)) {
      assertEquals("i", reader.read(0)[1].contentHash());
    }
  }

  @Test
  void leavesNoFileWhereItIsNotFinished() {
    String uri = file("open");
    try (TableFileWriter<String> writer = TableFiles.writeIds(CONF, uri, Map.of())) {
      writer.write("a");
    }
    assertFalse(Files.exists(Path.of(uri)));
  }

  @Test
  void holdsNoRowGroupWithoutRows() {
    String uri = file("empty");
    try (TableFileWriter<String> writer = TableFiles.writeIds(CONF, uri, Map.of("k", "v"))) {
      assertEquals(0, writer.finish().rows());
    }
    assertEquals(List.of(), TableFiles.rowGroups(CONF, uri));
    assertEquals(IdSetHash.EMPTY, TableFiles.hashIds(CONF, uri));
  }

  private String file(String name) {
    return dir.resolve(name + ".parquet").toString();
  }

  private static VectorRows vectors(int rows, int dimension) {
    Random random = new Random(7);
    String[] ids = new String[rows];
    String[] hashes = new String[rows];
    int[] tokens = new int[rows];
    boolean[] truncated = new boolean[rows];
    float[] values = new float[rows * dimension];
    for (int i = 0; i < rows; i++) {
      ids[i] = "id" + i;
      hashes[i] = Integer.toHexString(i);
      tokens[i] = i % 5 - 1;
      truncated[i] = i % 3 == 0;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return new VectorRows(ids, hashes, "e", dimension, values, tokens, truncated);
  }
}
