package org.vectormill.udfs.text;

import java.nio.file.Path;
import java.util.Optional;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.builtin.BuiltinTextEncoder;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EncoderSpec;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.TextEncoder;
import org.vectormill.udfs.encode.TextSpec;
import org.vectormill.udfs.engine.Network;

/** Text encoders: how a model's folder says texts are to be prepared, and loading. */
public final class TextEncoders {
  /**
   * The request, completed by what the model's folder says (tokenizer_config.json,
   * sentence_bert_config.json, config.json, 1_Pooling/config.json) and then by defaults.
   *
   * <p>A prefix that is null becomes sentence-transformers' default prompt, where the folder names
   * one. The prefix is pooled where the request says so and 1_Pooling/config.json doesn't deny it.
   *
   * @param folder local folder of the model's files; null for {@code builtin:text}
   * @throws VectormillException ({@code ENCODER} for a missing or unreadable tokenizer, {@code
   *     USAGE} for options that the model can't follow)
   */
  public static TextSpec spec(EncoderRequest request, EngineKind engine, Path folder) {
    return switch (engine) {
      case ONNX, TORCHSCRIPT -> transformer(request, folder);
      case STATIC -> fixed(request, folder);
      case TFIDF -> counted(request, folder);
      case BUILTIN -> withoutContext(request, Pooling.NONE, BuiltinTextEncoder.DEFAULT_MAX_WORDS);
    };
  }

  private static TextSpec transformer(EncoderRequest request, Path folder) {
    TransformerFolder files = new TransformerFolder(folder);
    if (request.pooling() != Pooling.NONE && files.hasModule("Dense")) {
      throw VectormillException.usage(
          folder
              + ": modules.json has a Dense layer after pooling, which is not run here; export it as"
              + " part of the network, choose its output, and set pooling none");
    }
    int maxLength = request.maxLength() == null ? files.defaultMaxLength() : request.maxLength();
    int limit = files.limit().orElse(Integer.MAX_VALUE);
    if (maxLength > limit) {
      throw VectormillException.usage(
          "max length must be at most " + limit + ", what the model takes, got " + maxLength);
    }
    TextSpec spec =
        new TextSpec(
            request.pooling() == null ? files.pooling() : request.pooling(),
            request.prefix() == null ? files.defaultPrompt() : request.prefix(),
            request.poolPrefix() && files.poolsPrompt(),
            maxLength);
    requireRoom(spec, files, TokenizerFile.read(folder));
    return spec;
  }

  /** Opens the tokenizer, so that a broken one fails here, and counts what comes before a text. */
  private static void requireRoom(TextSpec spec, TransformerFolder files, TokenizerFile file) {
    int fixed;
    var roomy =
        new TextTokenizer.Settings(
            spec.prefix(), Integer.MAX_VALUE / 2, files.truncationSide(), files.lowerCases());
    try (TextTokenizer tokenizer = new TextTokenizer(file, roomy)) {
      fixed = tokenizer.encode("").ids().length;
    }
    if (fixed >= spec.maxLength()) {
      throw VectormillException.usage(
          "max length must be more than the "
              + fixed
              + " tokens that prefix and special tokens take, got "
              + spec.maxLength());
    }
  }

  private static TextSpec fixed(EncoderRequest request, Path folder) {
    if (request.pooling() != null && request.pooling() != Pooling.MEAN) {
      throw VectormillException.usage(
          "pooling must be mean for a static model, got " + request.pooling());
    }
    TokenizerFile file = TokenizerFile.read(folder);
    file.load(1, TokenizerFile.Side.RIGHT).close();
    StaticTable.require(folder);
    return withoutContext(request, Pooling.MEAN, new StaticFolder(folder).defaultMaxLength());
  }

  /** All terms of a text count, and nothing else, so there is nothing to choose. */
  private static TextSpec counted(EncoderRequest request, Path folder) {
    boolean prefixed = request.prefix() != null && !request.prefix().isEmpty();
    boolean pooled = request.pooling() != null && request.pooling() != Pooling.NONE;
    if (prefixed || pooled || request.maxLength() != null) {
      throw VectormillException.usage(
          "prefix, pooling and max length have no effect on tf-idf, which counts all terms of a"
              + " text; leave them out");
    }
    TfIdfModel.read(folder);
    return new TextSpec(Pooling.NONE, "", true, Integer.MAX_VALUE);
  }

  /** For encoders whose tokens don't see each other, so that a prefix counts only by pooling. */
  private static TextSpec withoutContext(
      EncoderRequest request, Pooling pooling, int defaultMaxLength) {
    String prefix = request.prefix() == null ? "" : request.prefix();
    if (!prefix.isEmpty() && !request.poolPrefix()) {
      throw VectormillException.usage(
          "a prefix that is not pooled changes nothing with this encoder, got \""
              + prefix
              + "\"; leave it out, or pool it");
    }
    if (pooling == Pooling.NONE && request.pooling() != null && request.pooling() != pooling) {
      throw VectormillException.usage(
          "pooling must be none or left out for this encoder, got " + request.pooling());
    }
    int maxLength = request.maxLength() == null ? defaultMaxLength : request.maxLength();
    return new TextSpec(pooling, prefix, true, maxLength);
  }

  /** Whether the model's folder asks for vectors of unit length (a Normalize module). */
  public static boolean normalises(EngineKind engine, Path folder) {
    return switch (engine) {
      case ONNX, TORCHSCRIPT -> new TransformerFolder(folder).hasModule("Normalize");
      case STATIC -> new StaticFolder(folder).normalises();
      case TFIDF, BUILTIN -> true;
    };
  }

  /**
   * A ready encoder, which owns the network.
   *
   * @param folder local folder of the model's files; null for {@code builtin:text}
   * @param network null for engines that run none
   * @throws VectormillException ({@code ENCODER}) for files that can't be read, or a network that
   *     takes or gives other tensors than a text encoder's; ({@code USAGE}) for a pooling that
   *     doesn't suit the network's output, or more dimensions than there are
   */
  public static TextEncoder load(
      EncoderSpec spec, Path folder, Network network, RuntimeOptions options) {
    return switch (spec.engine()) {
      case ONNX, TORCHSCRIPT -> loadTransformer(spec, folder, network, options);
      case STATIC -> loadStatic(spec, folder, options);
      case TFIDF ->
          new TfIdfEncoder(
              TfIdfModel.read(folder), spec.dimensions(), spec.normalise(), options.threads());
      case BUILTIN ->
          new BuiltinTextEncoder(
              new BuiltinTextEncoder.Options(
                  spec.text().prefix(),
                  spec.text().maxLength(),
                  spec.normalise(),
                  spec.dimensions(),
                  options.threads()));
    };
  }

  private static TextEncoder loadTransformer(
      EncoderSpec spec, Path folder, Network network, RuntimeOptions options) {
    TransformerFolder files = new TransformerFolder(folder);
    TokenizerFile file = TokenizerFile.read(folder);
    TextSpec text = spec.text();
    TextTokenizer tokenizer =
        new TextTokenizer(
            file,
            new TextTokenizer.Settings(
                text.prefix(), text.maxLength(), files.truncationSide(), files.lowerCases()));
    // A spec doesn't tell who chose the pooling; one that differs from the folder's was asked for.
    boolean asked =
        text.pooling() != Pooling.NONE
            && !files.offeredPooling().equals(Optional.of(text.pooling()));
    var settings =
        new NetworkPass.Settings(
            text.pooling(),
            asked,
            text.poolPrefix() ? 0 : tokenizer.prefixTokens(),
            files.paddingId(file));
    try {
      return new NetworkTextEncoder(
          tokenizer,
          network,
          settings,
          new NetworkTextEncoder.Options(
              spec.dimensions(), spec.normalise(), options.batchTokens(), options.threads()));
    } catch (RuntimeException e) {
      tokenizer.close();
      network.close();
      throw e;
    }
  }

  private static TextEncoder loadStatic(EncoderSpec spec, Path folder, RuntimeOptions options) {
    TokenizerFile file = TokenizerFile.read(folder);
    return new StaticTextEncoder(
        file,
        StaticTable.read(folder, file.highestId() + 1),
        new StaticTextEncoder.Options(
            spec.text().prefix(),
            spec.text().maxLength(),
            spec.dimensions(),
            spec.normalise(),
            options.threads()));
  }

  private TextEncoders() {}
}
