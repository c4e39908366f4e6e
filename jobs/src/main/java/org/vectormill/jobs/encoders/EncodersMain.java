package org.vectormill.jobs.encoders;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vectormill encoders}. */
@Command(
    name = "encoders",
    header = "Lists the built-in encoders and what an encoder URI may be.",
    footerHeading = "%nExample:%n",
    footer = "  vectormill encoders")
public final class EncodersMain implements Callable<Integer> {
  static final String TEXT =
      """
      Built in (nothing to download):
        builtin:text    small text encoder
        builtin:image   small image encoder
        builtin:pixels:28x28:grey   an image's own pixels, resized; or :rgb

      Models of your own:
        models/minilm               a folder: model.onnx or model.pt with tokenizer.json (texts), or
                                    with preprocessor_config.json (images); tokenizer.json with
                                    model.safetensors or embeddings.npy for static embeddings;
                                    tfidf.json, which cluster --features tfidf counts
        file:/models/minilm         the same as a URI
        hdfs://host/models/minilm   from any Hadoop file system; s3a: where hadoop-aws is there
        https://host/model.zip      an archive or a single file
        djl://group/model           DJL's model zoo
        hf:owner/model              Hugging Face

      #sha256=DIGEST after a URI pins the content; without it the driver's digest is pinned, and
      every executor must find the same. What a URI names is fetched once per host into a cache.
      """;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(TEXT);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
