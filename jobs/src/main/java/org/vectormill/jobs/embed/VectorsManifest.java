package org.vectormill.jobs.embed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.vectormill.jobs.runner.VectormillVersion;
import org.vectormill.schemas.Table;
import org.vectormill.schemas.TableKind;
import org.vectormill.schemas.TableManifest;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderSpec;

/** The manifest of a {@code vectors} table. */
record VectorsManifest(EncoderSpec spec, EmbedOptions options, Table items) {

  /**
   * @throws VectormillException ({@code USAGE}) where {@code table} is of another kind or encoder
   */
  void requireSameEncoder(Table table) {
    TableManifest there = table.manifest();
    if (there.tableKind() != TableKind.VECTORS) {
      throw VectormillException.usage(
          "--output "
              + options.output()
              + ": the table there has kind "
              + there.kind()
              + ", embed writes vectors; name another output");
    }
    String fingerprint = spec.fingerprint();
    if (!fingerprint.equals(there.encoderFingerprint())) {
      throw VectormillException.usage(
          "--output "
              + options.output()
              + ": its vectors are of encoder "
              + there.encoderFingerprint()
              + " ("
              + there.encoder().path("uri").asText()
              + "), this run's is "
              + fingerprint
              + " ("
              + uri()
              + "); name another output, or the encoder and options of the table");
    }
  }

  TableManifest of(int dimension) {
    ObjectNode encoder = new ObjectMapper().valueToTree(spec);
    encoder.put("uri", uri());
    return new TableManifest(
        TableKind.VECTORS.code(),
        TableManifest.CONTRACT_VERSION,
        dimension,
        spec.normalise() ? "cosine" : "l2",
        spec.normalise(),
        encoder,
        spec.fingerprint(),
        List.of(items.uri()),
        options.recorded(),
        VectormillVersion.current());
  }

  /** A local model by the name of its folder or file: a path says nothing elsewhere. */
  private String uri() {
    String uri = spec.uri();
    boolean local = uri.startsWith("file:") || !uri.contains(":");
    return local ? uri.replaceFirst("/+$", "").replaceFirst("^.*/", "") : uri;
  }
}
