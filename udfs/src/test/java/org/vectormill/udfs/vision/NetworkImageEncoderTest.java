package org.vectormill.udfs.vision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.ImageSpec;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.SpatialPooling;
import org.vectormill.udfs.engine.NetworkMemoryException;
import org.vectormill.udfs.engine.NetworkOutput;
import org.vectormill.udfs.image.PreprocessorFile;

final class NetworkImageEncoderTest {
  private static final String STRAIGHT =
      "{\"resize_width\": 2, \"resize_height\": 2, \"interpolation\": \"nearest\"}";

  private static EncoderSpec spec(String preprocessor, boolean normalise, int dimensions) {
    ImageSpec image =
        new ImageSpec(PreprocessorFile.read(preprocessor), SpatialPooling.NONE, 1, 10_000);
    return new EncoderSpec(
        "m",
        "d",
        EngineKind.ONNX,
        Modality.IMAGE,
        null,
        image,
        null,
        normalise,
        dimensions,
        Precision.FLOAT32);
  }

  private static NetworkImageEncoder encoder(FakeNetwork network, int batch, int threads) {
    RuntimeOptions options = new RuntimeOptions("cpu", 1, batch, threads);
    return new NetworkImageEncoder(spec(STRAIGHT, false, 0), network, options);
  }

  private static FakeNetwork network(Function<float[][], NetworkOutput> work) {
    return new FakeNetwork(0, work);
  }

  /** A plain image whose red is {@code red} of 255. */
  private static byte[] image(int red) {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4; i++) {
      image.setRGB(i % 2, i / 2, red << 16);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[][] images(int n) {
    byte[][] images = new byte[n][];
    for (int i = 0; i < n; i++) {
      images[i] = image(i + 1);
    }
    return images;
  }

  @Test
  void rowsKeepTheirOrderInBatchesCutByPosition() {
    FakeNetwork network = network(FakeNetwork::firstValue);
    try (NetworkImageEncoder encoder = encoder(network, 4, 2)) {
      EncodedRows rows = encoder.encode(images(10));
      assertEquals(List.of(1, 4, 4, 2), network.batches);
      for (int i = 0; i < 10; i++) {
        assertNull(rows.failures()[i]);
        assertEquals((i + 1) / 255f, rows.values()[2 * i], 1e-6f);
      }
    }
    assertTrue(network.closed);
  }

  @Test
  void anImageThatCanNotBeDecodedLeavesItsPlaceEmpty() {
    FakeNetwork network = network(FakeNetwork::firstValue);
    byte[][] images = images(5);
    images[1] = new byte[] {1, 2, 3, 4};
    try (NetworkImageEncoder encoder = encoder(network, 4, 1)) {
      EncodedRows rows = encoder.encode(images);
      assertEquals(List.of(1, 4, 1), network.batches);
      assertEquals(RejectReason.NOT_AN_IMAGE, rows.failures()[1].reason());
      assertEquals(3 / 255f, rows.values()[4], 1e-6f);
    }
  }

  @Test
  void aFixedBatchIsFilledUpWithZeros() {
    FakeNetwork network = new FakeNetwork(4, FakeNetwork::firstValue);
    try (NetworkImageEncoder encoder = encoder(network, 100, 1)) {
      EncodedRows rows = encoder.encode(images(6));
      assertEquals(List.of(4, 4, 4), network.batches);
      assertEquals(6 / 255f, rows.values()[10], 1e-6f);
    }
  }

  @Test
  void lackOfMemoryHalvesABatch() {
    FakeNetwork network =
        network(
            rows -> {
              if (rows.length > 2) {
                throw new NetworkMemoryException("too much", null);
              }
              return FakeNetwork.firstValue(rows);
            });
    try (NetworkImageEncoder encoder = encoder(network, 8, 1)) {
      EncodedRows rows = encoder.encode(images(8));
      assertEquals(List.of(1, 8, 4, 2, 2, 4, 2, 2), network.batches);
      assertEquals(8 / 255f, rows.values()[14], 1e-6f);
    }
  }

  @Test
  void aRowThatNeedsTooMuchMemoryAloneIsRejected() {
    FakeNetwork network =
        network(
            rows -> {
              for (float[] row : rows) {
                if (Math.abs(row[0] - 2 / 255f) < 1e-6) {
                  throw new NetworkMemoryException("too much", null);
                }
              }
              return FakeNetwork.firstValue(rows);
            });
    try (NetworkImageEncoder encoder = encoder(network, 4, 1)) {
      EncodedRows rows = encoder.encode(images(4));
      assertEquals(RejectReason.OUT_OF_MEMORY, rows.failures()[1].reason());
      assertNull(rows.failures()[0]);
      assertNull(rows.failures()[3]);
    }
  }

  @Test
  void aRowThatFailsAloneIsRejected() {
    FakeNetwork network =
        network(
            rows -> {
              for (float[] row : rows) {
                if (Math.abs(row[0] - 3 / 255f) < 1e-6) {
                  throw new IllegalStateException("bad row");
                }
              }
              return FakeNetwork.firstValue(rows);
            });
    try (NetworkImageEncoder encoder = encoder(network, 4, 1)) {
      EncodedRows rows = encoder.encode(images(4));
      assertEquals(RejectReason.ENCODER_FAILED, rows.failures()[2].reason());
      assertEquals("bad row", rows.failures()[2].message());
      assertNull(rows.failures()[1]);
    }
  }

  @Test
  void aNetworkThatFailsOnEveryRowAlikeIsBroken() {
    FakeNetwork network =
        network(
            rows -> {
              if (rows[0][0] > 0) {
                throw new IllegalStateException("lost device");
              }
              return FakeNetwork.firstValue(rows);
            });
    try (NetworkImageEncoder encoder = encoder(network, 2, 1)) {
      VectormillException failure =
          assertThrows(VectormillException.class, () -> encoder.encode(images(4)));
      assertEquals(Fault.ENCODER, failure.fault());
      assertTrue(failure.getMessage().contains("lost device"));
    }
  }

  @Test
  void vectorsThatAreNoVectorsAreRejected() {
    FakeNetwork network =
        network(
            rows -> {
              NetworkOutput output = FakeNetwork.firstValue(rows);
              if (rows.length == 3) {
                output.values()[0] = Float.NaN;
                output.values()[2] = 0;
                output.values()[3] = 0;
                output.values()[4] = Float.POSITIVE_INFINITY;
              }
              return output;
            });
    try (NetworkImageEncoder encoder = encoder(network, 3, 1)) {
      EncodedRows rows = encoder.encode(images(3));
      assertEquals(RejectReason.NOT_FINITE, rows.failures()[0].reason());
      assertEquals(RejectReason.ZERO_VECTOR, rows.failures()[1].reason());
      assertEquals(RejectReason.NOT_FINITE, rows.failures()[2].reason());
      assertEquals(0, rows.values()[0]);
    }
  }

  @Test
  void firstDimensionsAreScaledToUnitLength() {
    FakeNetwork network =
        network(
            rows -> {
              float[] values = new float[3 * rows.length];
              values[0] = 3;
              values[1] = 4;
              values[2] = 100;
              return new NetworkOutput(new long[] {rows.length, 3}, values);
            });
    RuntimeOptions options = new RuntimeOptions("cpu", 1, 1, 1);
    try (NetworkImageEncoder encoder =
        new NetworkImageEncoder(spec(STRAIGHT, true, 2), network, options)) {
      EncodedRows rows = encoder.encode(images(1));
      assertEquals(2, rows.dimension());
      assertEquals(.6f, rows.values()[0], 1e-7f);
      assertEquals(.8f, rows.values()[1], 1e-7f);
    }
  }

  @Test
  void moreDimensionsThanThereAreIsAnErrorAndFreesTheNetwork() {
    FakeNetwork network = network(FakeNetwork::firstValue);
    RuntimeOptions options = new RuntimeOptions("cpu", 1, 1, 1);
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () -> new NetworkImageEncoder(spec(STRAIGHT, true, 3), network, options));
    assertEquals(
        "--dimensions must be at most the vectors' own length 2, got 3", failure.getMessage());
    assertTrue(network.closed);
  }

  @Test
  void aPreprocessorThatFixesNoSizeIsRefused() {
    FakeNetwork network = network(FakeNetwork::firstValue);
    RuntimeOptions options = new RuntimeOptions("cpu", 1, 1, 1);
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () -> new NetworkImageEncoder(spec("{}", true, 0), network, options));
    assertEquals(Fault.USAGE, failure.fault());
    assertTrue(failure.getMessage().contains("resize_width"));
  }

  @Test
  void anEmptyUnitHasNoRows() {
    try (NetworkImageEncoder encoder = encoder(network(FakeNetwork::firstValue), 4, 1)) {
      assertNotNull(encoder.encode(new byte[0][]).values());
    }
  }
}
