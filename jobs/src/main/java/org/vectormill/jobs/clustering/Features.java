package org.vectormill.jobs.clustering;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.builtin.PixelsEncoder;
import org.vectormill.udfs.encode.Modality;

/** What vectors are made of, where the input is a table of items. */
public sealed interface Features {
  /** Terms of a vocabulary where nobody says how many: as many as DEC's Reuters features have. */
  int DEFAULT_TERMS = 2_000;

  /** Most terms of a vocabulary: vectors are stored and clustered with all of their components. */
  int MOST_TERMS = 20_000;

  /**
   * Weights of a vocabulary's terms.
   *
   * @param terms most terms of the vocabulary; empty for those of one that is there, else {@link
   *     #DEFAULT_TERMS}
   */
  record TfIdf(Optional<Integer> terms) implements Features {
    public TfIdf {
      if (terms.isPresent() && (terms.get() < 1 || terms.get() > MOST_TERMS)) {
        throw VectormillException.usage(
            "--features tfidf:N must have from 1 to %,d terms, got %,d"
                .formatted(MOST_TERMS, terms.get()));
      }
    }

    @Override
    public Modality modality() {
      return Modality.TEXT;
    }
  }

  /**
   * An image's own pixels.
   *
   * @param encoder the built-in encoder's URI
   */
  record Pixels(String encoder) implements Features {
    @Override
    public Modality modality() {
      return Modality.IMAGE;
    }
  }

  /** What the features are made of. */
  Modality modality();

  /**
   * The features that {@code --features} names.
   *
   * @throws VectormillException ({@code USAGE}) where it names none
   */
  static Features of(String text) {
    Matcher terms = Pattern.compile("tfidf(?::([0-9]{1,9}))?").matcher(text);
    if (terms.matches()) {
      return new TfIdf(Optional.ofNullable(terms.group(1)).map(Integer::valueOf));
    }
    String encoder = "builtin:" + text;
    if (PixelsEncoder.Shape.of(encoder).isPresent()) {
      return new Pixels(encoder);
    }
    throw VectormillException.usage(
        "--features must be tfidf, tfidf:N, pixels:WxH:grey or pixels:WxH:rgb, as in"
            + " pixels:28x28:grey, got "
            + text);
  }
}
