package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TermsTest {
  @Test
  void countsRunsOfTwoLettersOrDigitsInLowerCase() {
    assertEquals(
        Map.of("oil", 2, "42nd", 1, "2024", 1), Terms.counts("Oil, a OIL-42nd; x 7 (2024)"));
  }

  @Test
  void partsTermsAtUnderscoresAndKeepsMarksInside() {
    assertEquals(Map.of("snake", 1, "case", 1), Terms.counts("snake_case"));
    assertEquals(Map.of("caf\u00e9", 2), Terms.counts("Cafe\u0301 CAF\u00c9"));
    assertEquals(Map.of("\u0939\u093f\u0928\u094d\u0926\u0940", 1), Terms.counts("हिन्दी"));
  }

  @Test
  void writesCompatibleFormsAsOne() {
    assertEquals(Map.of("finds", 2), Terms.counts("\ufb01nds \uff46\uff49\uff4e\uff44\uff53"));
  }

  @Test
  void countsCodePointsNotCharacters() {
    assertEquals(Map.of(), Terms.counts(" \ud801\udc00 "));
    assertEquals(Map.of("\ud801\udc28\ud801\udc29", 1), Terms.counts("\ud801\udc00\ud801\udc01"));
  }

  @Test
  void leavesOutRunsThatAreTooLongForAWord() {
    String longest = "a".repeat(Terms.LONGEST);
    assertEquals(Map.of(longest, 1), Terms.counts(longest + " " + longest + "a"));
  }

  @Test
  void findsNothingInTextWithoutTerms() {
    assertEquals(Map.of(), Terms.counts(""));
    assertEquals(Map.of(), Terms.counts("? a 1 - \u2603"));
  }
}
