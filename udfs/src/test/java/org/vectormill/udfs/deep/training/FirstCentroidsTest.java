package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vectormill.udfs.vectors.MatrixSpec;
import org.vectormill.udfs.vectors.WeightedRows;

final class FirstCentroidsTest {
  @Test
  void areTheMeansOfTheGroups() {
    float[] codes = {0, 0.1f, 0.2f, 10, 10.1f, 10.2f};
    List<WeightedRows.Row> rows =
        IntStream.range(0, codes.length)
            .mapToObj(i -> new WeightedRows.Row(i, new float[] {codes[i]}))
            .toList();
    float[] centroids =
        new FirstCentroids(new MatrixSpec("cpu", 1), 2, 5, 1).of(WeightedRows.of(1, rows));
    Arrays.sort(centroids);
    assertArrayEquals(new float[] {0.1f, 10.1f}, centroids, 1e-5f);
  }
}
