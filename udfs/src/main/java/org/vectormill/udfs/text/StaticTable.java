package org.vectormill.udfs.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;

/**
 * Vectors of tokens, as model2vec stores them: a matrix with a row for each token id, or for each
 * entry of {@code mapping} where there is one, and a weight for each token id where there are any.
 */
final class StaticTable {
  private static final String SAFETENSORS = "model.safetensors";
  private static final String NPY = "embeddings.npy";

  private final float[] values;
  private final int dimension;
  private final int[] mapping;
  private final double[] weights;

  /**
   * @param values rows x dimension; kept
   * @param mapping token id to row; null where ids are rows
   * @param weights of token ids; null for 1
   */
  StaticTable(float[] values, int dimension, int[] mapping, double[] weights) {
    this.values = values;
    this.dimension = dimension;
    this.mapping = mapping;
    this.weights = weights;
  }

  /**
   * Reads model.safetensors, or embeddings.npy where that is there instead.
   *
   * @param tokens one more than the tokenizer's largest id
   * @throws VectormillException ({@code ENCODER}) where there is neither, or they don't fit the
   *     tokenizer
   */
  static StaticTable read(Path folder, int tokens) {
    Path file = require(folder);
    try {
      StaticTable table =
          file.endsWith(NPY)
              ? of(NpyFile.open(file), Optional.empty(), Optional.empty())
              : of(file, Safetensors.open(file));
      table.requireTokens(file, tokens);
      return table;
    } catch (IOException e) {
      throw FileTensor.unreadable(file, e);
    }
  }

  /**
   * The file that holds the folder's table.
   *
   * @throws VectormillException ({@code ENCODER}) where there is none
   */
  static Path require(Path folder) {
    for (String name : List.of(SAFETENSORS, NPY)) {
      if (Files.exists(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw VectormillException.encoder(
        folder
            + ": has neither "
            + SAFETENSORS
            + " nor "
            + NPY
            + "; a static model's folder must hold one");
  }

  private static StaticTable of(Path file, Safetensors tensors) throws IOException {
    FileTensor embeddings =
        tensors
            .find("embeddings")
            .orElseThrow(
                () ->
                    VectormillException.encoder(
                        file + ": has no tensor embeddings of floats, as model2vec writes it"));
    return of(embeddings, tensors.find("mapping"), tensors.find("weights"));
  }

  private static StaticTable of(
      FileTensor embeddings, Optional<FileTensor> mapping, Optional<FileTensor> weights)
      throws IOException {
    long[] shape = embeddings.requireRank(2).shape();
    if (shape[1] == 0 || embeddings.type().whole()) {
      throw VectormillException.encoder(
          embeddings.file() + ": embeddings must be floats of at least one column");
    }
    return new StaticTable(
        embeddings.floats(),
        (int) shape[1],
        mapping.isPresent() ? mapping.get().requireRank(1).ints() : null,
        weights.isPresent() ? weights.get().requireRank(1).doubles() : null);
  }

  private void requireTokens(Path file, int tokens) {
    int rows = values.length / dimension;
    int known = mapping == null ? rows : mapping.length;
    if (known < tokens || (weights != null && weights.length < tokens)) {
      throw VectormillException.encoder(
          file
              + ": has vectors for "
              + known
              + " tokens"
              + (weights == null ? "" : " and weights for " + weights.length)
              + ", but the tokenizer has "
              + tokens
              + "; the two don't belong together");
    }
    for (int i = 0; mapping != null && i < mapping.length; i++) {
      if (mapping[i] < 0 || mapping[i] >= rows) {
        throw VectormillException.encoder(
            file + ": mapping of token " + i + " is " + mapping[i] + ", expected 0.." + (rows - 1));
      }
    }
  }

  int dimension() {
    return dimension;
  }

  /**
   * Writes the mean of the tokens' weighted vectors; all zero where there is no token.
   *
   * @param ids token ids
   * @param unknown id that does not count; -1 for none
   * @return how many tokens counted
   */
  int mean(long[] ids, int unknown, double[] out) {
    Arrays.fill(out, 0, dimension, 0);
    int count = 0;
    for (long id : ids) {
      if (id != unknown) {
        add((int) id, out);
        count++;
      }
    }
    for (int j = 0; count > 0 && j < dimension; j++) {
      out[j] /= count;
    }
    return count;
  }

  private void add(int id, double[] out) {
    int from = (mapping == null ? id : mapping[id]) * dimension;
    double weight = weights == null ? 1 : weights[id];
    for (int j = 0; j < dimension; j++) {
      out[j] += weight * values[from + j];
    }
  }
}
