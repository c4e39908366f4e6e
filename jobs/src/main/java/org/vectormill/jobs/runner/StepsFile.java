package org.vectormill.jobs.runner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A YAML file with a list {@code steps} of jobs and their options. */
public final class StepsFile {
  private static final String STEPS = "steps";

  /** Of the whole pipeline: one session is opened for all steps. */
  private static final Set<String> OF_ALL = Set.of("master", "conf");

  /**
   * The command lines of the steps, each the job's name and its options.
   *
   * @param root command whose subcommands the steps may name
   * @throws VectormillException ({@code USAGE}) naming the step and what is wrong with it
   */
  public static List<List<String>> read(String file, CommandSpec root) {
    JsonNode steps = ConfigFile.yaml("pipeline", file).path(STEPS);
    if (!steps.isArray() || steps.isEmpty()) {
      throw VectormillException.usage(
          "pipeline " + file + ": expected a list steps, each a job's name with its options");
    }
    List<List<String>> lines = new ArrayList<>();
    for (JsonNode step : steps) {
      lines.add(line("pipeline " + file + ", step " + (lines.size() + 1), step, root));
    }
    return lines;
  }

  private static List<String> line(String where, JsonNode step, CommandSpec root) {
    if (!step.isObject() || step.size() != 1) {
      throw VectormillException.usage(
          where + ": expected one job's name with a map of its options, got " + step);
    }
    Map.Entry<String, JsonNode> entry = step.properties().iterator().next();
    CommandLine job = root.subcommands().get(entry.getKey());
    if (job == null || job.getCommandSpec().findOption("--config") == null) {
      throw VectormillException.usage(
          where
              + ": "
              + entry.getKey()
              + " is no job"
              + NearestName.suggestion(entry.getKey(), root.subcommands().keySet()));
    }
    for (String name : OF_ALL) {
      if (entry.getValue().has(name)) {
        throw VectormillException.usage(
            where + ": " + name + " is the whole pipeline's; give --" + name + " to pipeline");
      }
    }
    List<String> line = new ArrayList<>(List.of(entry.getKey()));
    line.addAll(ConfigFile.arguments(where, job.getCommandSpec(), entry.getValue()));
    try {
      job.parseArgs(line.subList(1, line.size()).toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw VectormillException.usage(where + ": " + Failure.firstLine(e));
    }
    return line;
  }

  private StepsFile() {}
}
