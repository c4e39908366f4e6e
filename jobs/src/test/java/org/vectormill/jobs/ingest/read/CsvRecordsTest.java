package org.vectormill.jobs.ingest.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvRecordsTest {
  private static List<String> records(String csv) throws IOException {
    return records(csv, '"');
  }

  /** Each record as its line, its fields between bars, and its problem. */
  private static List<String> records(String csv, char quote) throws IOException {
    CsvRecords records =
        new CsvRecords(
            new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), ',', quote, 20);
    List<String> found = new ArrayList<>();
    for (CsvRecord record = records.next(); record != null; record = records.next()) {
      List<String> fields =
          record.fields().stream().map(f -> new String(f, StandardCharsets.UTF_8)).toList();
      String problem = record.problem() == null ? "" : " " + record.problem().code();
      found.add(record.line() + ":" + String.join("|", fields) + problem);
    }
    return found;
  }

  @Test
  void readsQuotesDelimitersAndLineEndsInsideQuotes() throws IOException {
    assertEquals(
        List.of("1:a|b,c|d", "2:say \"x\"\ny|2|", "4:3||4"),
        records("a,\"b,c\",d\r\n\"say \"\"x\"\"\ny\",2,\n3,,4"));
  }

  @Test
  void takesQuotesInsideOtherFieldsAsTheyAre() throws IOException {
    assertEquals(List.of("1:5\" disk|x"), records("5\" disk,x\n"));
  }

  @Test
  void goesOnAfterTextBehindAClosingQuote() throws IOException {
    assertEquals(List.of("1:a malformed_record", "2:c|d"), records("a,\"b\"x,y\nc,d\n"));
  }

  @Test
  void refusesAQuoteThatIsNeverClosed() throws IOException {
    assertEquals(List.of("1:a|b", "2: malformed_record"), records("a,b\n\"c,d\ne,f\n"));
  }

  @Test
  void passesOverEmptyLinesAndCountsThem() throws IOException {
    assertEquals(List.of("3:a", "5:b"), records("\n\r\na\n\nb\n"));
  }

  @Test
  void refusesARecordOverTheLimitAndGoesOn() throws IOException {
    assertEquals(
        List.of("1:aaaaaaaaaa too_long", "2:b|c"), records("aaaaaaaaaa,aaaaaaaaaaa,a\nb,c\n"));
  }

  @Test
  void dropsAByteOrderMarkButNoOtherCharacterThatBeginsAlike() throws IOException {
    assertEquals(List.of("1:a"), records("\ufeffa\n"));
    assertEquals(List.of("1:\uff01a"), records("\uff01a\n"));
  }

  @Test
  void readsQuotesAsCharactersWhereNothingIsQuoted() throws IOException {
    assertEquals(List.of("1:\"a|b", "2:c|d"), records("\"a,b\nc,d\n", (char) 0));
  }
}
