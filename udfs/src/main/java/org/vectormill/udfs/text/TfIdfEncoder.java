package org.vectormill.udfs.text;

import java.util.HashMap;
import java.util.Map;
import org.vectormill.schemas.RejectReason;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.RowWorkers;
import org.vectormill.udfs.encode.EncodedRows;
import org.vectormill.udfs.encode.TextEncoder;

/**
 * Vectors of how often the terms of a vocabulary stand in a text, as {@link TfIdfModel} weighs
 * them. {@code tokens} counts the places of known terms; a text without one is a failure {@code
 * ZERO_VECTOR}.
 */
final class TfIdfEncoder implements TextEncoder {
  private final Map<String, Integer> components = new HashMap<>();
  private final double[] idf;
  private final boolean normalise;
  private final RowWorkers workers;

  /**
   * @param dimensions keep the first so many terms, which are the most frequent; 0 for all
   * @param normalise whether vectors are scaled to unit length
   * @param threads of one call
   * @throws VectormillException ({@code USAGE}) for more dimensions than there are terms
   */
  TfIdfEncoder(TfIdfModel model, int dimensions, boolean normalise, int threads) {
    int terms = model.terms().size();
    if (dimensions > terms) {
      throw VectormillException.usage(
          "dimensions must be at most the vocabulary's, " + terms + ", got " + dimensions);
    }
    this.idf = new double[dimensions == 0 ? terms : dimensions];
    for (int j = 0; j < idf.length; j++) {
      components.put(model.terms().get(j), j);
      idf[j] = model.idf().get(j);
    }
    this.normalise = normalise;
    this.workers = new RowWorkers("tfidf", threads);
  }

  @Override
  public int dimension() {
    return idf.length;
  }

  @Override
  public EncodedRows encode(String[] texts) {
    VectorRows rows = new VectorRows(texts.length, idf.length, normalise);
    workers.run(
        texts.length,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            encode(texts[row], row, rows);
          }
        });
    return rows.done();
  }

  private void encode(String text, int row, VectorRows rows) {
    double[] vector = new double[idf.length];
    int known = 0;
    for (Map.Entry<String, Integer> term : Terms.counts(text).entrySet()) {
      Integer j = components.get(term.getKey());
      if (j != null) {
        known += term.getValue();
        vector[j] = (1 + StrictMath.log(term.getValue())) * idf[j];
      }
    }
    rows.tokens(row, known, false);
    if (known == 0) {
      rows.fail(row, RejectReason.ZERO_VECTOR, "no term of this text is in the vocabulary");
    } else {
      rows.put(row, vector);
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
