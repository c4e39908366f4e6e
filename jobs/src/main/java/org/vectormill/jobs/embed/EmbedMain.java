package org.vectormill.jobs.embed;

import org.vectormill.jobs.runner.JobCommand;
import org.vectormill.schemas.RowGroupSize;
import org.vectormill.udfs.encode.EncoderRequest;
import org.vectormill.udfs.encode.EngineKind;
import org.vectormill.udfs.encode.Modality;
import org.vectormill.udfs.encode.Pooling;
import org.vectormill.udfs.encode.Precision;
import org.vectormill.udfs.encode.RuntimeOptions;
import org.vectormill.udfs.encode.SpatialPooling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vectormill embed}. */
@Command(
    name = "embed",
    header = "Turns items into vectors.",
    description = {
      "%nReads a table of items, runs an encoder on the executors, and writes a table of vectors. Items",
      "that have a vector already are left alone; an item that fails becomes a reject with its reason."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  vectormill embed --input out/items --encoder builtin:text --output out/vectors",
      "  vectormill embed --input out/items --encoder models/all-MiniLM-L6-v2 --output out/minilm",
      "  vectormill embed --input out/items --encoder models/e5 --prefix \"passage: \" --output out/e5",
      "  vectormill embed --input out/pictures --encoder models/net.onnx --modality image \\",
      "      --preprocessor models/net.json --output-tensor features --output out/features",
      "  vectormill embed --input hdfs://host/items --encoder hdfs://host/models/minilm \\",
      "      --device gpu --master spark://host:7077 --output hdfs://host/vectors",
      "  vectormill embed --input out/vectors --encoder out/deep/model.safetensors --output out/codes"
    })
public final class EmbedMain extends JobCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description = "Items table, or a vectors table that a model of cluster reads.")
  String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "Vectors table, made where it is missing.")
  String output;

  @Option(
      names = "--encoder",
      required = true,
      paramLabel = "URI",
      description =
          "Model: builtin:text, builtin:image, a folder or file, hdfs:, s3a:, https:, hf:, djl:;"
              + " #sha256=DIGEST pins it. See vectormill encoders.")
  String encoder;

  @Option(
      names = "--modality",
      paramLabel = "text|image",
      description = "What the model reads. Default: what its files say.")
  Modality modality;

  @Option(
      names = "--engine",
      paramLabel = "onnx|torchscript|static|tfidf",
      description = "What runs the model. Default: what its files say.")
  EngineKind engine;

  @Option(
      names = "--pooling",
      paramLabel = "cls|mean|max|last|weighted_mean|none",
      description = "Token vectors to one. Default: what the model's folder says, else mean.")
  Pooling pooling;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Instruction or prefix put before each text, such as \"query: \".")
  String prefix;

  @Option(
      names = "--pool-prefix",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether the prefix's tokens are pooled too. Default: ${DEFAULT-VALUE}.")
  boolean poolPrefix;

  @Option(
      names = "--max-length",
      paramLabel = "N",
      description = "Most tokens of a text; longer ones are cut and flagged. Default: the model's.")
  Integer maxLength;

  @Option(
      names = "--preprocessor",
      paramLabel = "URI",
      description = "How images are prepared. Default: the folder's preprocessor_config.json.")
  String preprocessor;

  @Option(
      names = "--spatial-pooling",
      paramLabel = "none|mean|max|gem|cls",
      description = "Feature maps to one vector. Default: none.")
  SpatialPooling spatialPooling;

  @Option(
      names = "--gem-power",
      paramLabel = "P",
      defaultValue = "3",
      description = "p of generalised mean pooling. Default: ${DEFAULT-VALUE}.")
  double gemPower;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "178956970",
      description = "Images with more pixels are rejected undecoded. Default: ${DEFAULT-VALUE}.")
  long maxPixels;

  @Option(
      names = "--output-tensor",
      paramLabel = "NAME",
      description =
          "Output to take: for ONNX any tensor of the graph, for TorchScript a name or an index."
              + " Default: the model's first.")
  String outputTensor;

  @Option(
      names = "--normalise",
      negatable = true,
      description = "Scale vectors to unit length. Default: yes.")
  Boolean normalise;

  @Option(
      names = "--dimensions",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Keep the first K dimensions (Matryoshka); 0 keeps all. Default: ${DEFAULT-VALUE}.")
  int dimensions;

  @Option(
      names = "--precision",
      paramLabel = "float32|float16|bfloat16",
      defaultValue = "float32",
      description = "Arithmetic of a TorchScript model. Default: ${DEFAULT-VALUE}.")
  Precision precision;

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu|gpu:N",
      defaultValue = "auto",
      description = "Where the model runs. Default: ${DEFAULT-VALUE}.")
  String device;

  @Option(
      names = "--batch-tokens",
      paramLabel = "N",
      defaultValue = "4096",
      description = "Most tokens of a batch, padding included. Default: ${DEFAULT-VALUE}.")
  int batchTokens;

  @Option(
      names = "--batch-images",
      paramLabel = "N",
      defaultValue = "16",
      description = "Most images of a batch. Default: ${DEFAULT-VALUE}.")
  int batchImages;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of one task, decoding and arithmetic together. Default: spark.task.cpus.")
  Integer threads;

  @Option(
      names = "--trust-model",
      description =
          "Take a TorchScript model from a remote URI, which can run any code on the executors.")
  boolean trustModel;

  @Option(
      names = "--allow-private-addresses",
      description =
          "Download models also from addresses inside a network (private, link-local, loopback).")
  boolean privateAddresses;

  @Option(
      names = "--unit-rows",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Most rows of a work unit, which is what a task does and what is not done again; 0 for"
              + " what suits the encoder. Default: ${DEFAULT-VALUE}.")
  int unitRows;

  @Override
  public Integer call() {
    return run(this::options, new EmbedJob());
  }

  private EmbedOptions options() {
    return new EmbedOptions(
        input,
        output,
        request(),
        runtime(),
        privateAddresses,
        unitRows,
        RowGroupSize.DEFAULT,
        jobOptions());
  }

  private EncoderRequest request() {
    return new EncoderRequest(
        encoder,
        modality,
        engine,
        pooling,
        prefix,
        poolPrefix,
        maxLength,
        preprocessor,
        spatialPooling,
        gemPower,
        maxPixels,
        outputTensor,
        normalise,
        dimensions,
        precision,
        trustModel);
  }

  private RuntimeOptions runtime() {
    return new RuntimeOptions(
        device, batchTokens, batchImages, threads == null ? taskCores() : threads);
  }
}
