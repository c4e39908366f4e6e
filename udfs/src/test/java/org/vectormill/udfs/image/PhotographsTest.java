package org.vectormill.udfs.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Real photographs through decoding, resizing and cropping, against torchvision on Pillow. */
final class PhotographsTest {
  private static final int PHOTOGRAPHS = 250;
  private static final int PIXEL_BYTES = 224 * 224 * 3;

  @Test
  void preparesPhotographsWithinOneStepOfTorchvision()
      throws IOException, ImageRejectedException, InterruptedException {
    Process python = new ProcessBuilder(command()).redirectError(Redirect.DISCARD).start();
    Preprocessor bilinear = new Preprocessor(PreprocessorFile.preset("imagenet"));
    Preprocessor bicubic =
        new Preprocessor(
            PreprocessorFile.read("{\"preset\": \"imagenet\", \"interpolation\": \"bicubic\"}"));
    int photographs = 0;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(python.getInputStream()))) {
      for (int length = in.readInt(); length > 0; length = in.readInt()) {
        RgbImage image = Images.decode(in.readNBytes(length), 100_000_000);
        requireNear(in.readNBytes(PIXEL_BYTES), bilinear.resizeAndCrop(image), photographs);
        requireNear(in.readNBytes(PIXEL_BYTES), bicubic.resizeAndCrop(image), photographs);
        photographs++;
      }
      assertEquals(0, python.waitFor());
    } finally {
      python.destroy();
    }
    assertEquals(PHOTOGRAPHS, photographs);
  }

  private static void requireNear(byte[] expected, RgbImage image, int photograph) {
    int difference = Goldens.largestDifference(expected, image.pixels());
    assertTrue(difference <= 1, "photograph " + photograph + " differs by " + difference);
  }

  private static String[] command() {
    Path home = Path.of("").toAbsolutePath().getParent();
    Path data =
        setting("VECTORMILL_SHARED", home.resolve("../shared"))
            .resolve("data/imagenet-sample-250/imagenet-sample-250.tar");
    assumeTrue(Files.exists(data), "needs the photographs " + data);
    Path cache = Path.of(System.getProperty("user.home"), ".cache/vectormill/peers");
    Path python = setting("VECTORMILL_PEERS", cache).resolve("bin/python");
    assumeTrue(Files.exists(python), "needs the Python peers, " + python + " (scripts/peers)");
    return new String[] {
      python.toString(), "src/test/python/prepare_photographs.py", data.toString()
    };
  }

  private static Path setting(String name, Path other) {
    String value = System.getProperty(name, System.getenv(name));
    return value == null ? other : Path.of(value);
  }
}
