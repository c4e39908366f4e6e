package org.vectormill.udfs.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.vectormill.schemas.VectormillException;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.text.TfIdfModel;

/**
 * What a model's files are: which of them is the network, and which engine runs it.
 *
 * @param engine what runs the network
 * @param network its file, relative to the folder; null for {@code STATIC} and {@code TFIDF}
 * @param companions other files that decide vectors, relative, in order
 */
record ModelLayout(EngineKind engine, String network, List<String> companions) {
  static final String TOKENIZER = "tokenizer.json";
  static final String PREPROCESSOR = "preprocessor_config.json";
  static final String VOCABULARY = TfIdfModel.FILE;

  /** Companions that are read where they exist; everything else in a folder is left alone. */
  static final Set<String> KNOWN =
      Set.of(
          TOKENIZER,
          PREPROCESSOR,
          "tokenizer_config.json",
          "special_tokens_map.json",
          "config.json",
          "config_sentence_transformers.json",
          "sentence_bert_config.json",
          "modules.json",
          "vocab.txt",
          "1_Pooling/config.json",
          "2_Normalize/config.json",
          "2_Dense/config.json",
          "3_Normalize/config.json");

  /** Files that may be networks or matrices, or hold an ONNX network's tensors. */
  static boolean mayBeNetwork(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return isOnnx(lower) || isTorchScript(lower) || isMatrix(lower);
  }

  static boolean isOnnx(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  static boolean isTorchScript(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".pt") || lower.endsWith(".torchscript");
  }

  private static boolean isMatrix(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".safetensors") || lower.endsWith(".npy");
  }

  /**
   * Reads a folder's file names.
   *
   * @param shown the model's URI, for messages
   * @param names of its files, relative
   * @param asked engine that was asked for; null for none
   * @throws VectormillException ({@code USAGE}) that lists what was found, where it is none or more
   *     than one
   */
  static ModelLayout of(String shown, Set<String> names, EngineKind asked) {
    List<EngineKind> possible = engines(names);
    EngineKind engine = asked;
    if (engine == null) {
      if (possible.size() != 1) {
        throw undecided(shown, names, possible);
      }
      engine = possible.get(0);
    }
    return switch (engine) {
      case ONNX -> ofFile(EngineKind.ONNX, onnx(shown, names), names);
      case TORCHSCRIPT -> ofFile(EngineKind.TORCHSCRIPT, torchScript(shown, names), names);
      case STATIC -> ofMatrix(shown, names);
      case TFIDF -> ofVocabulary(shown, names);
      case BUILTIN ->
          throw VectormillException.usage(
              "--engine builtin: encoder " + shown + " is not built in; leave the option out");
    };
  }

  /** The layout of a file that was named itself, with the companions around it. */
  static ModelLayout ofFile(EngineKind engine, String network, Set<String> names) {
    Set<String> companions = new TreeSet<>(KNOWN);
    companions.retainAll(names);
    return new ModelLayout(engine, network, List.copyOf(companions));
  }

  private static ModelLayout ofMatrix(String shown, Set<String> names) {
    List<String> matrices = top(names).stream().filter(ModelLayout::isMatrix).toList();
    if (matrices.isEmpty() || !names.contains(TOKENIZER)) {
      throw VectormillException.usage(
          "encoder "
              + shown
              + ": static embeddings need tokenizer.json and a .safetensors or .npy file, found "
              + listed(names));
    }
    Set<String> companions = new TreeSet<>(KNOWN);
    companions.retainAll(names);
    companions.addAll(matrices);
    return new ModelLayout(EngineKind.STATIC, null, List.copyOf(companions));
  }

  private static ModelLayout ofVocabulary(String shown, Set<String> names) {
    if (!names.contains(VOCABULARY)) {
      throw VectormillException.usage(
          "encoder " + shown + ": tf-idf needs " + VOCABULARY + ", found " + listed(names));
    }
    return new ModelLayout(EngineKind.TFIDF, null, List.of(VOCABULARY));
  }

  /** An exported network says more than the weights that lie beside it. */
  private static List<EngineKind> engines(Set<String> names) {
    List<EngineKind> engines = new ArrayList<>();
    if (names.stream().anyMatch(ModelLayout::isOnnxCandidate)) {
      engines.add(EngineKind.ONNX);
    }
    if (top(names).stream().anyMatch(ModelLayout::isTorchScript)) {
      engines.add(EngineKind.TORCHSCRIPT);
    }
    boolean matrix = top(names).stream().anyMatch(ModelLayout::isMatrix);
    if (engines.isEmpty() && matrix && names.contains(TOKENIZER)) {
      engines.add(EngineKind.STATIC);
    }
    if (engines.isEmpty() && names.contains(VOCABULARY)) {
      engines.add(EngineKind.TFIDF);
    }
    return engines;
  }

  private static boolean isOnnxCandidate(String name) {
    return isOnnx(name) && (!name.contains("/") || name.startsWith("onnx/"));
  }

  private static String onnx(String shown, Set<String> names) {
    List<String> all = names.stream().filter(ModelLayout::isOnnxCandidate).sorted().toList();
    List<String> usual =
        all.stream().filter(n -> n.equals("model.onnx") || n.equals("onnx/model.onnx")).toList();
    return single(shown, "ONNX file", usual.isEmpty() ? all : usual, names);
  }

  private static String torchScript(String shown, Set<String> names) {
    List<String> all = top(names).stream().filter(ModelLayout::isTorchScript).toList();
    List<String> usual = all.stream().filter(n -> n.equals("model.pt")).toList();
    return single(shown, "TorchScript file", usual.isEmpty() ? all : usual, names);
  }

  private static String single(String shown, String what, List<String> found, Set<String> names) {
    if (found.size() == 1) {
      return found.get(0);
    }
    throw VectormillException.usage(
        "encoder "
            + shown
            + ": expected one "
            + what
            + ", found "
            + (found.isEmpty() ? "none among " + listed(names) : found)
            + (found.isEmpty() ? "" : "; name the file itself as --encoder"));
  }

  private static VectormillException undecided(
      String shown, Set<String> names, List<EngineKind> possible) {
    String rule =
        possible.isEmpty()
            ? "expected model.onnx, model.pt, tokenizer.json with a .safetensors or .npy file, or "
                + VOCABULARY
            : "it holds networks for " + possible + "; say which with --engine";
    return VectormillException.usage("encoder " + shown + ": " + rule + ", found " + listed(names));
  }

  private static List<String> top(Set<String> names) {
    return names.stream().filter(n -> !n.contains("/")).sorted().toList();
  }

  private static String listed(Set<String> names) {
    List<String> sorted =
        names.stream().sorted(Comparator.<String>naturalOrder()).limit(20).toList();
    return sorted + (names.size() > 20 ? " and " + (names.size() - 20) + " more" : "");
  }
}
