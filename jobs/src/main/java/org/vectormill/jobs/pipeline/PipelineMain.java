package org.vectormill.jobs.pipeline;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vectormill.jobs.runner.Cli;
import org.vectormill.jobs.runner.SharedSession;
import org.vectormill.jobs.runner.StepsFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vectormill pipeline}. */
@Command(
    name = "pipeline",
    header = "Runs several jobs from one YAML file, in one Spark session.",
    description = {
      "%nThe file has a list steps; each step is the name of a job with its options. All of them are",
      "checked before the first one runs; the first that fails ends the pipeline with its exit code.",
      "Run again, steps that are done have nothing to do."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  vectormill pipeline photos.yaml",
      "",
      "  # photos.yaml",
      "  steps:",
      "    - ingest: {input: photos, output: out/items}",
      "    - embed: {input: out/items, output: out/vectors, encoder: 'builtin:image'}",
      "    - cluster: {input: out/vectors, output: out/groups, k: 20}"
    })
public final class PipelineMain implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "YAML file with the steps.")
  String file;

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description = "Spark master of all steps. Default: local[*], or what spark-submit says.")
  String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "Spark setting of all steps; may be repeated.")
  Map<String, String> conf = new LinkedHashMap<>();

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    List<List<String>> steps = StepsFile.read(file, root);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (SharedSession session = SharedSession.open(spec.name(), master, conf)) {
      for (int i = 0; i < steps.size(); i++) {
        String name = steps.get(i).get(0);
        out.println("Step %d of %d: %s".formatted(i + 1, steps.size(), name));
        out.flush();
        List<String> args = new ArrayList<>(steps.get(i));
        conf.forEach((key, value) -> args.add("--conf=" + key + "=" + value));
        int code =
            new Cli(new CommandLine(root.userObject()), out, err).run(args.toArray(String[]::new));
        if (code != 0) {
          err.println(
              "vectormill pipeline: step %d of %d, %s, ended with exit code %d; no step after it was run"
                  .formatted(i + 1, steps.size(), name, code));
          return code;
        }
      }
    }
    return 0;
  }
}
