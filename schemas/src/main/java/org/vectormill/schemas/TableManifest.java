package org.vectormill.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What {@code _vectormill.json} says of a table; the same JSON stands in each Parquet footer under
 * the key {@code vectormill}.
 *
 * @param kind a {@link TableKind#code()}
 * @param contractVersion version of this contract, now 1
 * @param dimension length of each vector; null where the table has none
 * @param metric {@code cosine} where vectors are of unit length, else {@code l2}; null without
 *     vectors
 * @param normalised whether each vector has unit length; null without vectors
 * @param encoder the encoder's specification, without local paths or credentials; null without
 *     vectors
 * @param encoderFingerprint value of column {@code encoder} in each row; null without vectors
 * @param inputs URIs of the tables or corpora that it is made from
 * @param options the options of the job that made it, by their command-line names
 * @param vectormillVersion version that made it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableManifest(
    @JsonProperty("kind") String kind,
    @JsonProperty("contract_version") int contractVersion,
    @JsonProperty("dimension") Integer dimension,
    @JsonProperty("metric") String metric,
    @JsonProperty("normalised") Boolean normalised,
    @JsonProperty("encoder") JsonNode encoder,
    @JsonProperty("encoder_fingerprint") String encoderFingerprint,
    @JsonProperty("inputs") List<String> inputs,
    @JsonProperty("options") Map<String, String> options,
    @JsonProperty("vectormill_version") String vectormillVersion) {

  public static final int CONTRACT_VERSION = 1;

  /** File name of the manifest in a table's directory. */
  public static final String FILE_NAME = "_vectormill.json";

  /** Key of the manifest's JSON in a Parquet footer. */
  public static final String FOOTER_KEY = "vectormill";

  /** What the table of the rejects of this one says. */
  TableManifest ofRejects() {
    return new TableManifest(
        TableKind.REJECTS.code(),
        contractVersion,
        null,
        null,
        null,
        null,
        null,
        inputs,
        options,
        vectormillVersion);
  }

  public TableKind tableKind() {
    return TableKind.ofCode(kind);
  }
}
