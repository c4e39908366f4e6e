package org.vectormill.udfs.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.ImageEncoder;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.RuntimeOptions;

final class BuiltinEncodersTest {
  private static final Configuration CONF = new Configuration(false);

  private static EncoderSpec image() {
    return EncoderPool.resolve(Requests.of("builtin:image").build(), CONF);
  }

  private static String usage(Requests request) {
    VectormillException failure =
        assertThrows(VectormillException.class, () -> EncoderPool.resolve(request.build(), CONF));
    assertEquals(Fault.USAGE, failure.fault());
    return failure.getMessage();
  }

  @Test
  void imageEncoderEncodesAnImage() throws IOException {
    ImageEncoder encoder = EncoderPool.image(image(), Requests.CPU, CONF);
    EncodedRows rows = encoder.encode(new byte[][] {photograph(), new byte[0]});
    assertEquals(256, rows.dimension());
    assertNull(rows.failures()[0]);
    assertEquals("empty", rows.failures()[1].reason().code());
  }

  private static byte[] photograph() throws IOException {
    try (InputStream in =
        BuiltinEncodersTest.class.getResourceAsStream("/images/baseline-444.jpg")) {
      return in.readAllBytes();
    }
  }

  @Test
  void greyIsTheLumaOfTheColours() throws IOException {
    float[] grey = pixels("builtin:pixels:2x3:grey");
    float[] colours = pixels("builtin:pixels:2x3:rgb");
    assertEquals(6, grey.length);
    assertEquals(18, colours.length);
    for (int i = 0; i < 6; i++) {
      double luma = 0.299 * colours[i] + 0.587 * colours[6 + i] + 0.114 * colours[12 + i];
      assertEquals(luma, grey[i], 0.6 / 255);
      assertEquals(0, 255 * grey[i] % 1, 1e-3);
    }
  }

  private static float[] pixels(String uri) throws IOException {
    EncoderSpec spec = EncoderPool.resolve(Requests.of(uri).build(), CONF);
    assertEquals(false, spec.normalise());
    EncodedRows rows =
        EncoderPool.image(spec, Requests.CPU, CONF).encode(new byte[][] {photograph()});
    assertNull(rows.failures()[0]);
    return rows.values();
  }

  @Test
  void pixelsOfOtherShapesAreOtherEncoders() {
    EncoderSpec spec = EncoderPool.resolve(Requests.of("builtin:pixels:28x28:grey").build(), CONF);
    EncoderSpec other = EncoderPool.resolve(Requests.of("builtin:pixels:28x28:rgb").build(), CONF);
    assertTrue(!spec.fingerprint().equals(other.fingerprint()));
    assertTrue(usage(Requests.of("builtin:pixels:0x9:grey")).contains("28x28"));
    Requests dimensions = Requests.of("builtin:pixels:28x28:grey");
    dimensions.dimensions = 9;
    assertTrue(usage(dimensions).contains("--dimensions"));
  }

  @Test
  void sameSpecAndOptionsShareOneEncoder() {
    RuntimeOptions options = new RuntimeOptions("auto", 77, 3, 1);
    int before = EncoderPool.loads();
    ImageEncoder first = EncoderPool.image(image(), options, CONF);
    assertSame(first, EncoderPool.image(image(), options, CONF));
    assertEquals(before + 1, EncoderPool.loads());
  }

  @Test
  void modalityComesFromTheName() {
    assertEquals(Modality.IMAGE, image().modality());
    assertEquals(EngineKind.BUILTIN, image().engine());
    assertTrue(image().normalise());
  }

  @Test
  void aTextEncoderIsNotMadeOfAnImageEncoder() {
    VectormillException failure =
        assertThrows(
            VectormillException.class, () -> EncoderPool.text(image(), Requests.CPU, CONF));
    assertEquals("encoder builtin:image reads image, but is asked for text", failure.getMessage());
  }

  @Test
  void otherOptionsAreRefused() {
    assertEquals(
        "encoder builtin:audio: built in are builtin:text, builtin:image, and"
            + " builtin:pixels:28x28:grey or :rgb of any size",
        usage(Requests.of("builtin:audio")));
    Requests contradiction = Requests.of("builtin:image");
    contradiction.modality = Modality.TEXT;
    assertEquals("encoder builtin:image contradicts --modality text", usage(contradiction));
    Requests output = Requests.of("builtin:image");
    output.output = "x";
    assertTrue(usage(output).contains("--output-tensor"));
    Requests dimensions = Requests.of("builtin:image");
    dimensions.dimensions = 257;
    assertTrue(usage(dimensions).contains("257"));
    assertTrue(usage(Requests.of("builtin:image#sha256=" + "0".repeat(64))).contains("pin"));
  }

  @Test
  void aGpuIsNotPretended() {
    VectormillException failure =
        assertThrows(
            VectormillException.class,
            () -> EncoderPool.image(image(), new RuntimeOptions("gpu", 1, 1, 1), CONF));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains("CPU only"));
  }

  @Test
  void anotherVersionOfTheEncoderIsRefused() {
    EncoderSpec spec = image();
    EncoderSpec other =
        new EncoderSpec(
            spec.uri(),
            "builtin:image/0",
            spec.engine(),
            spec.modality(),
            null,
            spec.image(),
            null,
            true,
            0,
            spec.precision());
    VectormillException failure =
        assertThrows(VectormillException.class, () -> EncoderPool.image(other, Requests.CPU, CONF));
    assertEquals(Fault.ENCODER, failure.fault());
    assertTrue(failure.getMessage().contains("builtin:image/1"));
    assertTrue(failure.getMessage().contains("builtin:image/0"));
  }
}
