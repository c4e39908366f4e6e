package org.vectormill.jobs.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** The sample's texts: forty sentences on five topics, one of them twice, and two bad lines. */
final class SampleTexts {
  private static final int PER_TOPIC = 8;

  /** Subjects, what they do, and where or when, for each topic. */
  private static final List<List<List<String>>> TOPICS =
      List.of(
          List.of(
              List.of("The old cat", "A young fox", "Our neighbour's dog", "The grey heron"),
              List.of("sleeps", "waits for its supper", "watches the birds", "crosses the path"),
              List.of("under the table", "at the edge of the wood", "before the rain comes")),
          List.of(
              List.of("Heavy snow", "A warm wind", "Thick fog", "The first storm of autumn"),
              List.of("is expected", "will reach the coast", "kept the ferries in port"),
              List.of("by Tuesday night", "in the northern valleys", "for most of the week")),
          List.of(
              List.of("Slowly braised onions", "A pinch of saffron", "Fresh bread", "The soup"),
              List.of("need patience", "goes well with fennel", "should rest for an hour"),
              List.of("before it is served", "on a low flame", "whatever the recipe says")),
          List.of(
              List.of("The probe", "A faint comet", "Jupiter's largest moon", "The telescope"),
              List.of("was photographed", "drifts past the ecliptic", "hides an ocean"),
              List.of("for the third time this year", "below kilometres of ice", "at dawn")),
          List.of(
              List.of("The string quartet", "Her second album", "A street musician", "The choir"),
              List.of("plays in a minor key", "surprised the critics", "begins very softly"),
              List.of("in the small hall", "after a long silence", "without a conductor")));

  private final Random random;

  SampleTexts(long seed) {
    random = new Random(seed);
  }

  void writeTo(SampleFiles files) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    String last = "";
    for (List<List<String>> topic : TOPICS) {
      for (int i = 0; i < PER_TOPIC; i++) {
        last = sentence(topic);
        line(lines, last.getBytes(StandardCharsets.UTF_8));
      }
    }
    line(lines, last.getBytes(StandardCharsets.UTF_8));
    line(lines, new byte[0]);
    line(lines, "Un café écrit en Latin-1".getBytes(StandardCharsets.ISO_8859_1));
    line(lines, "Ein Satz mit Umlauten: schön, größer, übrig.".getBytes(StandardCharsets.UTF_8));
    files.write("texts.txt", lines.toByteArray());
  }

  private String sentence(List<List<String>> topic) {
    StringBuilder sentence = new StringBuilder();
    for (List<String> part : topic) {
      sentence.append(sentence.isEmpty() ? "" : " ").append(part.get(random.nextInt(part.size())));
    }
    return sentence.append('.').toString();
  }

  private static void line(ByteArrayOutputStream lines, byte[] text) {
    lines.writeBytes(text);
    lines.write('\n');
  }
}
