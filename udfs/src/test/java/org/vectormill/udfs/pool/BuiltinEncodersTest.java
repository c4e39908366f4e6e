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
        "encoder builtin:audio: built in are builtin:text and builtin:image",
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
