package org.vectormill.udfs.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.LongBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.text.NetworkTextEncoder.Options;
import org.vectormill.udfs.text.TextTokenizer.Settings;
import org.vectormill.udfs.text.TokenizerFile.Side;

final class NetworkTextEncoderTest {
  private static final int D = FakeNetwork.D;
  private static final int CAT = 5;
  private static final Options PLAIN = new Options(0, false, 64, 1);

  private final FakeNetwork network = new FakeNetwork();

  private NetworkTextEncoder encoder(Pooling pooling, String prefix, Options options) {
    TextTokenizer tokenizer =
        new TextTokenizer(
            TokenizerFile.read(TextGoldens.folder("wordpiece")),
            new Settings(prefix, 16, Side.RIGHT, false));
    int skip = prefix.isEmpty() ? 0 : tokenizer.prefixTokens();
    return new NetworkTextEncoder(
        tokenizer, network, new NetworkPass.Settings(pooling, false, skip, 0), options);
  }

  private static String[] randomTexts(int n) {
    String[] words = {"the", "cat", "sat", "on", "mat", "a", "unbelievable", "猫"};
    Random random = new Random(9);
    String[] texts = new String[n];
    for (int i = 0; i < n; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = random.nextInt(20); w > 0; w--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      texts[i] = text.toString();
    }
    return texts;
  }

  private static double[] mean(long[] ids, int from) {
    double[] mean = new double[D];
    for (int t = from; t < ids.length; t++) {
      for (int j = 0; j < D; j++) {
        mean[j] += FakeNetwork.component(ids[t], t, j) / (double) (ids.length - from);
      }
    }
    return mean;
  }

  private static void requireRow(double[] expected, EncodedRows rows, int row) {
    for (int j = 0; j < rows.dimension(); j++) {
      assertEquals(expected[j], rows.values()[row * rows.dimension() + j], 1e-6, "row " + row);
    }
  }

  @Test
  void restoresTheOrderOfRowsAtAnyBudget() {
    String[] texts = randomTexts(300);
    for (int budget : new int[] {1, 20, 64, 100_000}) {
      for (int threads : new int[] {1, 3}) {
        try (NetworkTextEncoder encoder =
                encoder(Pooling.MEAN, "", new Options(0, false, budget, threads));
            TextTokenizer tokenizer =
                new TextTokenizer(
                    TokenizerFile.read(TextGoldens.folder("wordpiece")),
                    new Settings("", 16, Side.RIGHT, false))) {
          EncodedRows rows = encoder.encode(texts);
          for (int i = 0; i < texts.length; i++) {
            Tokens tokens = tokenizer.encode(texts[i]);
            assertNull(rows.failures()[i]);
            assertEquals(tokens.ids().length, rows.tokens()[i]);
            assertEquals(tokens.truncated(), rows.truncated()[i]);
            requireRow(mean(tokens.ids(), 0), rows, i);
          }
        }
      }
    }
  }

  @Test
  void fillsBatchesUpWhereTheModelFixesTheirRows() {
    String[] texts = randomTexts(50);
    EncodedRows expected;
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      expected = encoder.encode(texts);
    }
    network.fixedBatch = 3;
    network.shapes.clear();
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      assertArrayEquals(expected.values(), encoder.encode(texts).values());
    }
    for (long[] shape : network.shapes) {
      assertEquals(3, shape[0]);
    }
  }

  @Test
  void keepsBatchesWithinTheBudget() {
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      encoder.encode(randomTexts(300));
    }
    for (long[] shape : network.shapes) {
      assertTrue(shape[0] * shape[1] <= 64);
    }
  }

  @Test
  void feedsInputsByNameInTheNetworksOrder() {
    network.names = List.of("input_ids", "attention_mask", "position_ids", "token_type_ids");
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      encoder.encode(new String[] {"cat", "the cat"});
    }
    assertEquals(network.names, network.last.stream().map(t -> t.name()).toList());
    long[][] expected = {
      {2, 4, CAT, 3, 2, CAT, 3, 0}, {1, 1, 1, 1, 1, 1, 1, 0}, {0, 1, 2, 3, 0, 1, 2, 3}, new long[8]
    };
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(new long[] {2, 4}, network.last.get(i).shape());
      long[] data = new long[8];
      ((LongBuffer) network.last.get(i).data()).get(data);
      assertArrayEquals(expected[i], data);
    }
  }

  @Test
  void namesAnInputThatItCannotFeed() {
    network.names = List.of("input_ids", "pixel_values");
    VectormillException e =
        assertThrows(VectormillException.class, () -> encoder(Pooling.MEAN, "", PLAIN));
    assertEquals(Fault.ENCODER, e.fault());
    assertTrue(e.getMessage().contains("input pixel_values is not one"), e.getMessage());
    network.names = List.of("attention_mask");
    e = assertThrows(VectormillException.class, () -> encoder(Pooling.MEAN, "", PLAIN));
    assertTrue(e.getMessage().contains("no input input_ids"), e.getMessage());
  }

  @Test
  void leavesThePrefixOutOfThePool() {
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "the cat ", PLAIN)) {
      requireRow(mean(new long[] {2, 4, CAT, 6, 3}, 3), encoder.encode(new String[] {"sat"}), 0);
    }
  }

  @Test
  void keepsTheFirstDimensionsAndNormalisesThem() {
    try (NetworkTextEncoder encoder = encoder(Pooling.CLS, "", new Options(2, true, 64, 1))) {
      EncodedRows rows = encoder.encode(new String[] {"cat"});
      assertEquals(2, encoder.dimension());
      double x = FakeNetwork.component(2, 0, 0);
      double y = FakeNetwork.component(2, 0, 1);
      requireRow(new double[] {x / Math.hypot(x, y), y / Math.hypot(x, y)}, rows, 0);
    }
  }

  @Test
  void refusesMoreDimensionsThanTheNetworkHas() {
    Options options = new Options(5, true, 64, 1);
    VectormillException e =
        assertThrows(VectormillException.class, () -> encoder(Pooling.MEAN, "", options));
    assertEquals("dimensions must be at most the encoder's own, 4, got 5", e.getMessage());
  }

  @Test
  void takesOneVectorForEachTextAsItIs() {
    network.onePerText = true;
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      double[] expected = new double[D];
      for (int j = 0; j < D; j++) {
        expected[j] = FakeNetwork.component(2, 0, j);
      }
      requireRow(expected, encoder.encode(new String[] {"cat"}), 0);
    }
  }

  @Test
  void refusesAPoolingThatDoesNotSuitTheOutput() {
    VectormillException e =
        assertThrows(VectormillException.class, () -> encoder(Pooling.NONE, "", PLAIN));
    assertTrue(e.getMessage().startsWith("pooling NONE needs an output of one"), e.getMessage());
    network.onePerText = true;
    NetworkPass pass = new NetworkPass(network, new NetworkPass.Settings(Pooling.MAX, true, 0, 0));
    e = assertThrows(VectormillException.class, () -> pass.dimension(new long[] {1}));
    assertEquals(Fault.USAGE, e.fault());
    assertTrue(e.getMessage().startsWith("pooling MAX needs an output"), e.getMessage());
  }

  @Test
  void halvesABatchThatIsTooLargeForTheMemory() {
    String[] texts = randomTexts(100);
    EncodedRows expected;
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", new Options(0, true, 512, 1))) {
      expected = encoder.encode(texts);
      network.memory = 40;
      EncodedRows rows = encoder.encode(texts);
      assertArrayEquals(expected.values(), rows.values());
      assertArrayEquals(expected.failures(), rows.failures());
    }
  }

  @Test
  void rejectsARowThatIsTooLargeAlone() {
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      network.memory = 5;
      EncodedRows rows = encoder.encode(new String[] {"cat", "a cat on the mat", "sat"});
      assertNull(rows.failures()[0]);
      assertEquals(RejectReason.OUT_OF_MEMORY, rows.failures()[1].reason());
      assertNull(rows.failures()[2]);
      network.memory = 0;
      rows = encoder.encode(new String[] {"cat", "sat"});
      assertEquals(RejectReason.OUT_OF_MEMORY, rows.failures()[0].reason());
      assertEquals(RejectReason.OUT_OF_MEMORY, rows.failures()[1].reason());
    }
  }

  @Test
  void rejectsTheRowsOnWhichTheNetworkFailsAlone() {
    String[] texts = randomTexts(50);
    texts[17] = "cat";
    texts[18] = "on";
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      EncodedRows whole = encoder.encode(texts);
      network.failingId = CAT;
      EncodedRows rows = encoder.encode(texts);
      assertEquals(RejectReason.ENCODER_FAILED, rows.failures()[17].reason());
      assertEquals("the encoder failed: token 5", rows.failures()[17].message());
      for (int i = 0; i < texts.length; i++) {
        boolean fed = rows.truncated()[i] ? rows.failures()[i] != null : texts[i].contains("cat");
        assertEquals(fed, rows.failures()[i] != null);
        for (int j = 0; j < D; j++) {
          float expected = rows.failures()[i] == null ? whole.values()[i * D + j] : 0;
          assertEquals(expected, rows.values()[i * D + j]);
        }
      }
    }
  }

  @Test
  void throwsWhereEveryRowFailsAlike() {
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      network.failingId = 2;
      String[] texts = randomTexts(20);
      VectormillException e = assertThrows(VectormillException.class, () -> encoder.encode(texts));
      assertEquals(Fault.ENCODER, e.fault());
      assertEquals("the encoder failed on each of 20 texts alike: token 2", e.getMessage());
    }
  }

  @Test
  void rejectsVectorsThatAreNotFiniteOrAllZero() {
    network.names = List.of("input_ids", "attention_mask");
    try (NetworkTextEncoder encoder = encoder(Pooling.LAST, "", PLAIN)) {
      network.nanId = 3;
      assertEquals(
          RejectReason.NOT_FINITE, encoder.encode(new String[] {"cat"}).failures()[0].reason());
      network.nanId = -1;
      network.zeroId = 3;
      EncodedRows rows = encoder.encode(new String[] {"cat"});
      assertEquals(RejectReason.ZERO_VECTOR, rows.failures()[0].reason());
      assertArrayEquals(new float[D], rows.values());
    }
  }

  @Test
  void takesAnEmptyUnit() {
    try (NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN)) {
      assertEquals(0, encoder.encode(new String[0]).values().length);
    }
  }

  @Test
  void closesTheNetworkThatItOwns() {
    NetworkTextEncoder encoder = encoder(Pooling.MEAN, "", PLAIN);
    assertFalse(network.closed);
    encoder.close();
    assertTrue(network.closed);
  }
}
