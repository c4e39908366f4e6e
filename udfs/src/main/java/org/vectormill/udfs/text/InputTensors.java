package org.vectormill.udfs.text;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.engine.Tensor;

/** What a transformer is fed: texts of one batch, padded on the right to the longest. */
final class InputTensors {
  private static final List<String> KNOWN =
      List.of("input_ids", "attention_mask", "token_type_ids", "position_ids");

  private final int rows;
  private final int length;
  private final long[] ids;
  private final long[] mask;

  /**
   * @param texts at least one, each with at least one token
   * @param padding id that stands where a text has ended
   * @param rows at least as many as texts; the rows beyond are copies of the first text
   */
  InputTensors(List<long[]> texts, long padding, int rows) {
    this.rows = rows;
    length = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
    ids = new long[Math.multiplyExact(rows, length)];
    mask = new long[ids.length];
    for (int row = 0; row < rows; row++) {
      long[] text = texts.get(row < texts.size() ? row : 0);
      int from = row * length;
      System.arraycopy(text, 0, ids, from, text.length);
      Arrays.fill(ids, from + text.length, from + length, padding);
      Arrays.fill(mask, from, from + text.length, 1);
    }
  }

  /** Tokens of the longest text. */
  int length() {
    return length;
  }

  /** Rows x length: 1 for a token, 0 for padding. Not to be changed. */
  long[] mask() {
    return mask;
  }

  /**
   * Refuses a network that wants something else than a transformer's inputs.
   *
   * @throws VectormillException ({@code ENCODER}) naming the input
   */
  static void requireKnown(List<String> names) {
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw VectormillException.encoder(
            "the network's input "
                + name
                + " is not one that a text encoder feeds; those are "
                + String.join(", ", KNOWN));
      }
    }
    if (!names.contains("input_ids")) {
      throw VectormillException.encoder(
          "the network has no input input_ids, which a text encoder must feed; its inputs are "
              + names);
    }
  }

  /** One int64 tensor of rows x length for each name, in this order. */
  List<Tensor> named(List<String> names) {
    List<Tensor> tensors = new ArrayList<>(names.size());
    for (String name : names) {
      tensors.add(new Tensor(name, new long[] {rows, length}, LongBuffer.wrap(values(name))));
    }
    return tensors;
  }

  private long[] values(String name) {
    return switch (name) {
      case "input_ids" -> ids;
      case "attention_mask" -> mask;
      case "token_type_ids" -> new long[ids.length];
      case "position_ids" -> positions();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private long[] positions() {
    long[] positions = new long[ids.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i % length;
    }
    return positions;
  }
}
