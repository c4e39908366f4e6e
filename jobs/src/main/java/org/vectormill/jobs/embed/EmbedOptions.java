package org.vectormill.jobs.embed;

import java.util.Map;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.pool.EncoderPool;

/**
 * What to embed, with what, and how.
 *
 * @param input URI of an {@code items} table
 * @param output URI of the {@code vectors} table, made where it is missing
 * @param encoder what was asked for
 * @param runtime how the encoder runs
 * @param privateAddresses whether models may come from addresses inside a network
 * @param unitRows most rows of a work unit, at least 1; 0 for a number that suits the encoder
 * @param rowGroups of the vector files
 * @param recorded the options by name, for the table's manifest
 */
public record EmbedOptions(
    String input,
    String output,
    EncoderRequest encoder,
    RuntimeOptions runtime,
    boolean privateAddresses,
    int unitRows,
    RowGroupSize rowGroups,
    Map<String, String> recorded) {

  public EmbedOptions {
    requireText("--input", input, "the URI of an items table");
    requireText("--output", output, "the URI of a vectors table");
    if (unitRows < 0) {
      throw VectormillException.usage(
          "--unit-rows must be at least 1, or 0 for the default, got " + unitRows);
    }
    if (input.equals(output)) {
      throw VectormillException.usage(
          "--output is the same as --input (" + input + "); name another directory");
    }
    EncoderPool.requirePossible(encoder);
    recorded = Map.copyOf(recorded);
  }

  private static void requireText(String option, String value, String meaning) {
    if (value == null || value.isBlank()) {
      throw VectormillException.usage(option + " is missing; name " + meaning);
    }
  }
}
