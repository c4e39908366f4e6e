import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vectormill.udfs.builtin.BuiltinTextEncoder;
import org.vectormill.udfs.encode.EncodedRows;

/**
 * Vectors of the texts in a file, one a line, as little-endian floats; prints texts a second of the
 * last of three rounds, on one thread. usage: BuiltinTexts TEXTS OUT
 */
public final class BuiltinTexts {
  private static final int ROUNDS = 3;

  public static void main(String[] arguments) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(arguments[0]));
    String[] texts = lines.toArray(new String[0]);
    var options =
        new BuiltinTextEncoder.Options("", BuiltinTextEncoder.DEFAULT_MAX_WORDS, true, 0, 1);
    try (BuiltinTextEncoder encoder = new BuiltinTextEncoder(options)) {
      EncodedRows rows = null;
      long start = 0;
      for (int round = 0; round < ROUNDS; round++) {
        start = System.nanoTime();
        rows = encoder.encode(texts);
      }
      System.out.println(Math.round(texts.length / ((System.nanoTime() - start) / 1e9)));
      ByteBuffer out = ByteBuffer.allocate(rows.values().length * 4).order(ByteOrder.LITTLE_ENDIAN);
      out.asFloatBuffer().put(rows.values());
      Files.write(Path.of(arguments[1]), out.array());
    }
  }
}
