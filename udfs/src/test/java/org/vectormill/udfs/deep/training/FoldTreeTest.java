package org.vectormill.udfs.deep.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldTreeTest {
  private static String folded(List<String> all) {
    FoldTree<String> tree = new FoldTree<>((left, right) -> "(" + left + " " + right + ")");
    all.forEach(tree::add);
    return tree.value();
  }

  private static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(String::valueOf).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "2, (0 1)",
    "3, ((0 1) 2)",
    "5, (((0 1) (2 3)) 4)",
    "7, (((0 1) (2 3)) ((4 5) 6))",
    "8, (((0 1) (2 3)) ((4 5) (6 7)))"
  })
  void neighboursComeFirst(int count, String tree) {
    assertEquals(tree, folded(numbers(count)));
  }

  @Test
  void groupsOfAPowerOfTwoChangeNothing() {
    for (int count = 1; count <= 40; count++) {
      List<String> all = numbers(count);
      for (int size = 1; size <= 64; size *= 2) {
        int each = size;
        List<String> groups =
            IntStream.range(0, (count + size - 1) / size)
                .mapToObj(i -> all.subList(i * each, Math.min(all.size(), (i + 1) * each)))
                .map(FoldTreeTest::folded)
                .toList();
        assertEquals(folded(all), folded(groups), count + " in groups of " + size);
      }
    }
  }

  @Test
  void nothingHasNoValue() {
    assertThrows(NoSuchElementException.class, () -> folded(List.of()));
  }
}
