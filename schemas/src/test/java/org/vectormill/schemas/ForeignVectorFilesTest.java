package org.vectormill.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow and DuckDB wrote, see src/test/python/make_vector_files.py. */
class ForeignVectorFilesTest {
  private static final Configuration CONF = new Configuration();
  private static final int ROWS = 40;

  @ParameterizedTest
  @CsvSource({
    "plain, 5",
    "version-2-pages, 5",
    "uncompressed, 5",
    "snappy, 5",
    "fixed-size-list, 5",
    "fixed-size-required, 5",
    "required, 5",
    "large-list, 5",
    "named-item, 5",
    "small-pages, 5",
    "small-pages-2, 5",
    "row-groups, 5",
    "one-component, 1",
    "long-rows, 300",
    "duckdb-list-v1, 5",
    "duckdb-array-v1, 5"
  })
  void copiesPlainPagesInBulk(String name, int dimension) throws IOException {
    requireSame(name, dimension);
    assertTrue(bulk(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dictionary", "split-bytes", "duckdb-list-v2", "duckdb-array-v2"})
  void readsOtherEncodingsValueByValue(String name) throws IOException {
    requireSame(name, 5);
    assertEquals(false, bulk(name));
  }

  @ParameterizedTest
  @CsvSource({
    "null-row, row 7 has a missing value",
    "null-value, row 7 has a missing value",
    "short-row, 'row 7 has dimension 4, expected 5'",
    "long-row, 'row 7 has dimension 6, expected 5'"
  })
  void namesTheRowThatIsNoVector(String name, String expected) {
    VectormillException e = assertThrows(VectormillException.class, () -> requireSame(name, 5));
    assertEquals(Fault.INPUT, e.fault());
    assertTrue(e.getMessage().endsWith(name + ".parquet: column vector: " + expected));
  }

  @Test
  void readsRowGroupsInAnyOrder() {
    try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, uri("row-groups"))) {
      assertEquals("id32", reader.read(2).ids()[0]);
      assertEquals("id0", reader.read(0).ids()[0]);
      assertEquals(16 * 16 / 8f, reader.read(1).values()[0]);
    }
  }

  private static void requireSame(String name, int dimension) {
    int row = 0;
    try (TableReader<VectorRows> reader = TableFiles.readVectors(CONF, uri(name))) {
      for (RowGroup group : TableFiles.rowGroups(CONF, uri(name))) {
        VectorRows read = reader.read(group.index());
        assertEquals(dimension, read.dimension());
        for (int i = 0; i < read.rows(); i++, row++) {
          assertEquals("id" + row, read.ids()[i]);
          assertEquals(row % 5 == 0 ? -1 : row, read.tokens()[i]);
          for (int j = 0; j < dimension; j++) {
            assertEquals((row * 16 + j) / 8f, read.values()[i * dimension + j]);
          }
        }
      }
    }
    assertEquals(ROWS, row);
  }

  private static boolean bulk(String name) throws IOException {
    try (ParquetRowGroups file =
            new ParquetRowGroups(CONF, uri(name), java.util.List.of("vector"));
        PageReadStore pages = file.pages(0)) {
      ColumnDescriptor column = file.schema().getColumns().get(0);
      int rows = (int) pages.getRowCount();
      return BulkLists.read(pages.getPageReader(column), column, rows).isPresent();
    }
  }

  private static String uri(String name) {
    return "src/test/resources/vectors/" + name + ".parquet";
  }
}
