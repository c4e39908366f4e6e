package org.vectormill.udfs.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.vectormill.schemas.VectormillException;

/**
 * A vocabulary and its weights, as {@value #FILE} in a model's folder holds them. Component j of a
 * vector is (1 + ln tf) idf of term j, tf the term's count in the text; idf is ln((1 + n) / (1 +
 * df)) + 1, n the number of texts and df of those with the term: scikit-learn's {@code
 * TfidfVectorizer(sublinear_tf=True)}, which the DEC paper's Reuters features are made with.
 *
 * @param texts that were counted
 * @param asked most terms that were asked for
 * @param terms in the order of components: the most frequent first
 * @param idf of each term
 */
public record TfIdfModel(long texts, int asked, List<String> terms, List<Double> idf) {
  /** Its file in a model's folder. */
  public static final String FILE = "tfidf.json";

  private static final String KIND = "tfidf";

  /** Of what counts as a term and of the weights; other ones are another version. */
  private static final int VERSION = 1;

  public TfIdfModel {
    terms = List.copyOf(terms);
    idf = List.copyOf(idf);
    if (terms.isEmpty()
        || terms.size() != idf.size()
        || new HashSet<>(terms).size() != idf.size()) {
      throw new IllegalArgumentException(
          terms.size() + " terms, " + idf.size() + " weights: expected as many, each term once");
    }
    for (double weight : idf) {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a weight of " + weight + ", expected above 0, finite");
      }
    }
  }

  /**
   * Weight of a term.
   *
   * @param texts n
   * @param having texts that have the term
   */
  public static double idf(long texts, long having) {
    return StrictMath.log((1.0 + texts) / (1.0 + having)) + 1;
  }

  /** The file's content: the same bytes for an equal model. */
  public byte[] write() {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = mapper.createObjectNode();
    root.put("kind", KIND);
    root.put("version", VERSION);
    root.put("texts", texts);
    root.put("asked", asked);
    ArrayNode names = root.putArray("terms");
    terms.forEach(names::add);
    ArrayNode weights = root.putArray("idf");
    idf.forEach(weights::add);
    try {
      return mapper.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a vocabulary can't be written: " + e.getMessage(), e);
    }
  }

  /**
   * The model of a folder.
   *
   * @throws VectormillException ({@code ENCODER}) where its file is missing or is none
   */
  static TfIdfModel read(Path folder) {
    return of(ModelJson.read(folder, FILE), folder.resolve(FILE).toString());
  }

  /**
   * The model that these bytes are.
   *
   * @param shown names them in messages
   * @throws VectormillException ({@code ENCODER}) where they are none
   */
  public static TfIdfModel read(byte[] content, String shown) {
    return of(ModelJson.parse(content, shown), shown);
  }

  private static TfIdfModel of(JsonNode root, String shown) {
    if (!root.path("kind").asText().equals(KIND) || root.path("version").asInt() != VERSION) {
      throw VectormillException.encoder(
          "%s: kind %s, version %s, expected %s, %d; count it again"
              .formatted(
                  shown,
                  root.path("kind").asText("none"),
                  root.path("version").asText("none"),
                  KIND,
                  VERSION));
    }
    List<String> terms = new ArrayList<>();
    root.path("terms").forEach(term -> terms.add(term.asText()));
    List<Double> idf = new ArrayList<>();
    root.path("idf").forEach(weight -> idf.add(weight.asDouble()));
    try {
      return new TfIdfModel(root.path("texts").asLong(), root.path("asked").asInt(), terms, idf);
    } catch (IllegalArgumentException e) {
      throw VectormillException.encoder(shown + ": " + e.getMessage() + "; count it again");
    }
  }
}
