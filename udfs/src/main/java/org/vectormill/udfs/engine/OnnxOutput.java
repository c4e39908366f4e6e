package org.vectormill.udfs.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Makes any tensor of an ONNX network one of its outputs. Two protobuf messages that are written
 * one after the other read as one merged message, so a ModelProto that holds nothing but the output
 * goes to the end of a copy of the file.
 */
final class OnnxOutput {
  private static final int GRAPH = 7;
  private static final int OUTPUT = 12;
  private static final int NAME = 1;

  /**
   * Writes a copy of the network into {@code folder}, tensor data beside it by links.
   *
   * @return the copy
   */
  static Path append(Path file, Set<String> externalFiles, String output, Path folder)
      throws IOException {
    Path copy = folder.resolve("model.onnx");
    Files.copy(file, copy);
    try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.APPEND)) {
      out.write(message(output));
    }
    for (String location : externalFiles) {
      Path link = folder.resolve(location).normalize();
      Path data = file.toAbsolutePath().getParent().resolve(location).toRealPath();
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, data);
    }
    return copy;
  }

  static byte[] message(String output) {
    byte[] name = output.getBytes(StandardCharsets.UTF_8);
    return field(GRAPH, field(OUTPUT, field(NAME, name)));
  }

  private static byte[] field(int number, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    int length = value.length;
    while (length > 0x7f) {
      out.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
    return out.toByteArray();
  }

  private OnnxOutput() {}
}
