package org.vectormill.udfs.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;

/**
 * An array in NumPy's .npy format, versions 1.0 to 3.0: magic, version, the header's length, and a
 * header that is a Python dictionary of {@code descr}, {@code fortran_order} and {@code shape}.
 * Little-endian floats in C order are read, other arrays refused.
 */
final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER_BYTES = 10_000;
  private static final Map<String, ElementType> TYPES =
      Map.of("<f2", ElementType.F16, "<f4", ElementType.F32, "<f8", ElementType.F64);
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9L,\\s]*)\\)");

  private final Path file;

  private NpyFile(Path file) {
    this.file = file;
  }

  /**
   * The file's array.
   *
   * @throws VectormillException ({@code ENCODER}) where it is not such an array, or its length
   *     contradicts its header
   */
  static FileTensor open(Path file) {
    try {
      return new NpyFile(file).readHeader();
    } catch (IOException e) {
      throw FileTensor.unreadable(file, e);
    }
  }

  private FileTensor readHeader() throws IOException {
    String header;
    long start;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] magic = in.readNBytes(MAGIC.length + 2);
      require(
          magic.length == MAGIC.length + 2
              && Arrays.equals(magic, 0, MAGIC.length, MAGIC, 0, MAGIC.length),
          "it does not begin as one");
      int major = magic[MAGIC.length];
      require(major >= 1 && major <= 3, "version " + major + " is not one of 1, 2 and 3");
      byte[] length = in.readNBytes(major == 1 ? 2 : 4);
      require(length.length == (major == 1 ? 2 : 4), "it ends within its header");
      int bytes = size(length);
      require(bytes >= 0 && bytes <= MAX_HEADER_BYTES, "its header has " + bytes + " bytes");
      header = new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
      start = (long) magic.length + length.length + bytes;
    }
    return tensor(header, start);
  }

  private static int size(byte[] length) {
    ByteBuffer buffer = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
    return length.length == 2 ? buffer.getShort() & 0xffff : buffer.getInt();
  }

  private FileTensor tensor(String header, long start) throws IOException {
    String descr = field(DESCR, header, "descr");
    ElementType type = TYPES.get(descr);
    require(type != null, "its numbers are " + descr + "; expected one of <f2, <f4, <f8");
    require(
        field(ORDER, header, "fortran_order").equals("False"),
        "it is in Fortran order; save it with numpy.ascontiguousarray");
    long[] shape = shape(field(SHAPE, header, "shape"));
    long bytes = (long) FileTensor.count(file.toString(), shape) * type.bytes();
    long there = Files.size(file) - start;
    require(bytes == there, "its shape needs " + bytes + " bytes, it has " + there);
    return new FileTensor(file, "array", type, shape, start);
  }

  private String field(Pattern pattern, String header, String name) {
    Matcher matcher = pattern.matcher(header);
    require(matcher.find(), "its header has no readable " + name);
    return matcher.group(1);
  }

  private long[] shape(String sizes) {
    try {
      return Arrays.stream(sizes.split(","))
          .map(size -> size.replace("L", "").strip())
          .filter(size -> !size.isEmpty())
          .mapToLong(Long::parseLong)
          .toArray();
    } catch (NumberFormatException e) {
      throw VectormillException.encoder(file + ": not a NumPy array: its shape is (" + sizes + ")");
    }
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      throw VectormillException.encoder(file + ": not a NumPy array that is read here: " + message);
    }
  }
}
