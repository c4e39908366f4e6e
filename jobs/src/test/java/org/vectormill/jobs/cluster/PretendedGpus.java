package org.vectormill.jobs.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Discovery scripts that tell Spark's workers of GPUs which are not there. */
final class PretendedGpus {
  /** Writes a worker's script and the settings that name it. */
  static void announce(Path directory, int worker, int gpus) {
    String addresses =
        IntStream.range(worker * gpus, (worker + 1) * gpus)
            .mapToObj(address -> "\"" + address + "\"")
            .collect(Collectors.joining(", "));
    Path script = directory.resolve("gpus-" + worker + ".sh");
    String json = "{\"name\": \"gpu\", \"addresses\": [" + addresses + "]}";
    try {
      Files.writeString(script, "#!/bin/sh\necho '" + json + "'\n");
      if (!script.toFile().setExecutable(true)) {
        throw new IOException(script + " can't be made executable");
      }
      Files.writeString(
          Path.of(properties(directory, worker)),
          "spark.worker.resource.gpu.amount "
              + gpus
              + "\nspark.worker.resource.gpu.discoveryScript "
              + script
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String properties(Path directory, int worker) {
    return directory.resolve("worker-" + worker + ".conf").toString();
  }

  private PretendedGpus() {}
}
