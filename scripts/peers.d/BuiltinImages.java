import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.vectormill.udfs.builtin.BuiltinImageEncoder;
import org.vectormill.udfs.encode.EncodedRows;

/** Vectors of the images that a file lists, as little-endian floats. usage: BuiltinImages LIST OUT */
public final class BuiltinImages {
  public static void main(String[] arguments) throws Exception {
    List<String> files = Files.readAllLines(Path.of(arguments[0]));
    byte[][] images = new byte[files.size()][];
    for (int i = 0; i < images.length; i++) {
      images[i] = Files.readAllBytes(Path.of(files.get(i)));
    }
    var options = new BuiltinImageEncoder.Options(true, 0, 100_000_000, 1);
    try (BuiltinImageEncoder encoder = new BuiltinImageEncoder(options)) {
      EncodedRows rows = encoder.encode(images);
      ByteBuffer out = ByteBuffer.allocate(rows.values().length * 4).order(ByteOrder.LITTLE_ENDIAN);
      out.asFloatBuffer().put(rows.values());
      Files.write(Path.of(arguments[1]), out.array());
    }
  }
}
