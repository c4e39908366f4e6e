package org.vectormill.udfs.text;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vectormill.schemas.Fault;
import org.vectormill.schemas.VectormillException;

/** JSON files of a model's folder. */
final class ModelJson {
  private static final ObjectMapper MAPPER = mapper();

  private static ObjectMapper mapper() {
    ObjectMapper mapper = JsonMapper.builder().build();
    // A vocabulary has hundreds of thousands of names; a token may be long.
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxStringLength(1 << 26).build());
    return mapper;
  }

  /** The file's content; a missing node (all of whose fields are missing) where there is none. */
  static JsonNode optional(Path folder, String name) {
    return Files.exists(folder.resolve(name)) ? read(folder, name) : MissingNode.getInstance();
  }

  /**
   * The file's content.
   *
   * @throws VectormillException ({@code ENCODER}) where it is missing or not JSON
   */
  static JsonNode read(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw VectormillException.encoder(
          folder + ": has no " + name + "; a text model's folder must hold one");
    }
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException e) {
      throw new VectormillException(
          Fault.ENCODER, file + ": can't be read as JSON: " + e.getMessage(), e);
    }
  }

  /**
   * The content of a file that was read already.
   *
   * @param shown names it in messages
   * @throws VectormillException ({@code ENCODER}) where it is not JSON
   */
  static JsonNode parse(byte[] content, String shown) {
    try {
      return MAPPER.readTree(content);
    } catch (IOException e) {
      throw new VectormillException(
          Fault.ENCODER, shown + ": can't be read as JSON: " + e.getMessage(), e);
    }
  }

  private ModelJson() {}
}
