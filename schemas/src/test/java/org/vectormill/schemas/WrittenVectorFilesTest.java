package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of parquet-java's own writer, with many lengths, page sizes, names and level widths. */
class WrittenVectorFilesTest {
  private static final Configuration CONF = new Configuration();
  private static final List<String> LISTS =
      List.of(
          "required group vector (LIST) { repeated group list { required float element; } }",
          "optional group vector (LIST) { repeated group list { optional float element; } }",
          "optional group vector (LIST) { repeated group bag { required float array; } }",
          "required group vector (LIST) { repeated float item; }",
          "repeated float vector;");

  @TempDir Path dir;

  @Test
  void readsEveryLayoutInBulk() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 60; round++) {
      int rows = 1 + random.nextInt(300);
      int dimension = 1 + random.nextInt(round % 3 == 0 ? 600 : 20);
      String list = LISTS.get(round % LISTS.size());
      Layout layout = new Layout(list, random.nextBoolean(), 64 + random.nextInt(3000), false);
      float[] values = values(random, rows * dimension);
      String uri = write("bulk" + round, layout, values, dimension);
      assertTrue(bulk(uri), layout::toString);
      VectorRows read = read(uri);
      assertEquals(dimension, read.dimension(), layout::toString);
      assertArrayEquals(values, read.values(), layout::toString);
    }
  }

  @Test
  void readsDictionariesThatGiveWayToPlainPages() throws IOException {
    Random random = new Random(6);
    for (String list : LISTS) {
      for (boolean second : new boolean[] {true, false}) {
        float[] values = values(random, 2000 * 8);
        String uri = write("dictionary", new Layout(list, second, 1000, true), values, 8);
        assertArrayEquals(values, read(uri).values());
      }
    }
  }

  @Test
  void refusesAColumnThatIsNoListOfFloats() throws IOException {
    for (String list : List.of("required float vector;", "repeated double vector;")) {
      Layout layout = new Layout(list, false, 1000, false);
      String uri = write("other", layout, new float[4], 1);
      VectormillException e = assertThrows(VectormillException.class, () -> read(uri));
      assertEquals(Fault.INPUT, e.fault());
      assertTrue(e.getMessage().contains("expected a list of float"), e.getMessage());
    }
  }

  private record Layout(String list, boolean second, int pageBytes, boolean dictionary) {
    MessageType type() {
      return MessageTypeParser.parseMessageType(
          "message m { optional binary id (STRING); optional binary content_hash (STRING);"
              + " optional binary encoder (STRING); "
              + list
              + " optional int32 tokens; optional boolean truncated; }");
    }
  }

  private String write(String name, Layout layout, float[] values, int dimension)
      throws IOException {
    String uri = dir.resolve(name + ".parquet").toString();
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(
                HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(uri), CONF))
            .withType(layout.type())
            .withWriteMode(org.apache.parquet.hadoop.ParquetFileWriter.Mode.OVERWRITE)
            .withWriterVersion(
                layout.second() ? WriterVersion.PARQUET_2_0 : WriterVersion.PARQUET_1_0)
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withPageSize(layout.pageBytes())
            .withMinRowCountForPageSizeCheck(1)
            .withDictionaryEncoding(layout.dictionary())
            .withDictionaryPageSize(4096)
            .build()) {
      for (int at = 0; at < values.length; at += dimension) {
        writer.write(row(layout.type(), values, at, dimension));
      }
    }
    return uri;
  }

  private static Group row(MessageType type, float[] values, int at, int dimension) {
    Group row = new SimpleGroup(type);
    row.append("id", "id" + at / dimension).append("content_hash", "h").append("encoder", "e");
    boolean group = !type.getType("vector").isPrimitive();
    Group list = group ? row.addGroup("vector") : row;
    for (int j = 0; j < dimension; j++) {
      Group place = list;
      if (group && !list.getType().getType(0).isPrimitive()) {
        place = list.addGroup(0);
      }
      String field = group ? place.getType().getFieldName(0) : "vector";
      if (type.toString().contains("double")) {
        place.add(field, (double) values[at + j]);
      } else {
        place.add(field, values[at + j]);
      }
    }
    return row.append("truncated", false);
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 4 == 0 ? i % 7 : random.nextFloat();
    }
    return values;
  }

  private static VectorRows read(String uri) {
    try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, uri)) {
      return reader.read(0);
    }
  }

  private static boolean bulk(String uri) throws IOException {
    try (ParquetRowGroups file = new ParquetRowGroups(CONF, uri, List.of("vector"));
        PageReadStore pages = file.pages(0)) {
      ColumnDescriptor column = file.schema().getColumns().get(0);
      int rows = (int) pages.getRowCount();
      return BulkLists.read(pages.getPageReader(column), column, rows).isPresent();
    }
  }
}
