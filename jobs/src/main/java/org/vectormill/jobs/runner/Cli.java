package org.vectormill.jobs.runner;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Parses a command line, runs its command, and says how it ended. */
public final class Cli {
  private final CommandLine root;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param root command whose subcommands are the jobs
   * @param out for what was asked for: summaries, help
   * @param err for everything else
   */
  public Cli(CommandLine root, PrintWriter out, PrintWriter err) {
    this.root = root;
    this.out = out;
    this.err = err;
  }

  /** Runs one command line to its end and returns the process exit code; throws nothing. */
  public int run(String... args) {
    List<String> given = List.of(args);
    CommandLine commands = commands();
    CommandLine job = given.isEmpty() ? null : commands.getSubcommands().get(given.get(0));
    String name = job == null ? "" : job.getCommandName();
    try {
      Logging.configure(logFormat(given));
      return commands.execute(layered(job, given).toArray(String[]::new));
    } catch (Throwable e) {
      // Errors of the JVM too, which picocli lets pass and the JVM would end with code 1 for.
      return failure(name, given, e);
    }
  }

  private CommandLine commands() {
    HelpLayout.apply(root);
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(
            (thrown, command, parsed) ->
                FailureReport.print(err, command.getCommandName(), Failure.of(thrown), thrown));
  }

  private static List<String> layered(CommandLine job, List<String> given) {
    if (job == null || job.getCommandSpec().findOption("--config") == null) {
      return given;
    }
    CommandSpec spec = job.getCommandSpec();
    List<String> layered = new ArrayList<>(given.subList(0, 1));
    layered.addAll(ConfigFile.layer(spec, given.subList(1, given.size())));
    return layered;
  }

  private int misused(ParameterException e, String[] args) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String sentence = Failure.firstLine(e);
    String help = spec.qualifiedName() + " --help";
    List<String> names = new ArrayList<>(spec.optionsMap().keySet());
    names.addAll(spec.subcommands().keySet());
    String wrong = wrongName(e, spec, args);
    String meant = wrong.isEmpty() ? "" : NearestName.suggestion(wrong, names);
    if (e instanceof CommandLine.MissingParameterException && !wrong.isEmpty()) {
      sentence = "Unknown option: '" + wrong + "'" + meant + "; " + sentence;
      meant = "";
    }
    return failure(
        spec.parent() == null ? "" : spec.name(),
        List.of(args),
        VectormillException.usage(sentence + meant + " (see " + help + ")"));
  }

  /**
   * What was given that no option or command is named; empty where nothing is. A misspelt option
   * first shows as the one that is missing for it.
   */
  private static String wrongName(ParameterException e, CommandSpec spec, String[] args) {
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched.getUnmatched().get(0).split("=", 2)[0];
    }
    return e instanceof CommandLine.MissingParameterException
        ? Stream.of(args)
            .filter(arg -> arg.startsWith("--"))
            .map(arg -> arg.split("=", 2)[0])
            .filter(name -> !spec.optionsMap().containsKey(name))
            .findFirst()
            .orElse("")
        : "";
  }

  /** The result file is written here too: in cluster mode no exit code reaches the caller. */
  private int failure(String job, List<String> args, Throwable thrown) {
    Failure failure = Failure.of(thrown);
    String runId = ConfigFile.valueOf("--run-id", args);
    RunReport report =
        new RunReport(
            job,
            runId,
            args.contains("--dry-run"),
            Optional.of(
                new RunReport.Ending(Optional.empty(), Optional.of(failure), Duration.ZERO)),
            Optional.empty(),
            Optional.empty());
    try {
      report.writeTo(ConfigFile.valueOf("--result", args), Sessions.hadoop(Map.of()));
    } catch (Throwable e) {
      err.println(Failure.of(e).sentence());
    }
    return FailureReport.print(err, job, failure, thrown);
  }

  private static CommonOptions.LogFormat logFormat(List<String> args) {
    String format = ConfigFile.valueOf("--log-format", args);
    return format != null && format.toLowerCase(Locale.ROOT).equals("json")
        ? CommonOptions.LogFormat.JSON
        : CommonOptions.LogFormat.TEXT;
  }
}
