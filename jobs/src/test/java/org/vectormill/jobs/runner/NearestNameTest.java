package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  @ParameterizedTest
  @CsvSource({"kitten, sitting, 3", "a, a, 0", "'', abc, 3", "abc, '', 3", "flaw, lawn, 2"})
  void countsEdits(String left, String right, int distance) {
    assertEquals(distance, NearestName.distance(left, right));
  }

  @Test
  void suggestsTheNearest() {
    assertEquals(
        "; did you mean input?", NearestName.suggestion("inptu", List.of("output", "input")));
  }

  @Test
  void suggestsNothingWhereNothingIsNear() {
    assertEquals("", NearestName.suggestion("colour", List.of("output", "input")));
  }
}
