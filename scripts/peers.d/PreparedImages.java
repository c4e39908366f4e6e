import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vectormill.udfs.image.Images;
import org.vectormill.udfs.image.Preprocessor;
import org.vectormill.udfs.image.PreprocessorFile;
import org.vectormill.udfs.image.RgbImage;

/**
 * Decodes, resizes and crops the images that a file lists, with one preprocessor file after another:
 * writes OUT/N.rgb for each preprocessor N (width, height and pixels of every image), and OUT/0.rgb
 * for the decoded images themselves; prints milliseconds an image of decoding and of each spec, the
 * least of five rounds. usage: PreparedImages LIST OUT PREPROCESSOR…
 */
public final class PreparedImages {
  private static final long MAX_PIXELS = 100_000_000;
  private static final int ROUNDS = 5;

  public static void main(String[] arguments) throws Exception {
    List<byte[]> encoded = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) {
      encoded.add(Files.readAllBytes(Path.of(line)));
    }
    List<RgbImage> decoded = timed(encoded, image -> Images.decode(image, MAX_PIXELS));
    write(Path.of(arguments[1], "0.rgb"), decoded);
    for (int i = 2; i < arguments.length; i++) {
      Preprocessor spec =
          new Preprocessor(PreprocessorFile.read(Files.readString(Path.of(arguments[i]))));
      write(Path.of(arguments[1], i - 1 + ".rgb"), timed(decoded, spec::resizeAndCrop));
    }
  }

  private interface Step<T> {
    RgbImage apply(T from) throws Exception;
  }

  private static <T> List<RgbImage> timed(List<T> inputs, Step<T> step) throws Exception {
    List<RgbImage> out = new ArrayList<>();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      out.clear();
      long start = System.nanoTime();
      for (T input : inputs) {
        out.add(step.apply(input));
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    System.out.println(least / 1e6 / inputs.size());
    return out;
  }

  private static void write(Path file, List<RgbImage> images) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      for (RgbImage image : images) {
        ByteBuffer size = ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height());
        out.write(size.array());
        out.write(image.pixels());
      }
    }
  }
}
