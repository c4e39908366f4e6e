package org.vectormill.jobs.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
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
