package org.vectormill.jobs.runner;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** A job's command: its own {@code @Option} fields, and one call of {@link #run}. */
public abstract class JobCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin CommonOptions common = new CommonOptions();

  /**
   * Runs the job in a session of its own, or in the JVM's one where there is one already.
   *
   * @param options makes the options record; what it throws is reported as every other failure
   * @return the process exit code
   */
  protected final <O> int run(Supplier<O> options, Job<O> job) {
    return new JobRunner(spec, common).run(options, job);
  }

  /** The job's own options by name without dashes, unset ones left out: for a table's manifest. */
  protected final Map<String, String> jobOptions() {
    return OptionValues.ofJob(spec);
  }

  /**
   * Long names of the options that the command line or a configuration file gives, but for those of
   * their default value, and flags that are turned off.
   */
  protected final Set<String> given() {
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !Boolean.FALSE.equals(option.getValue()))
        .filter(option -> !String.valueOf(option.<Object>getValue()).equals(option.defaultValue()))
        .map(OptionSpec::longestName)
        .collect(Collectors.toSet());
  }

  /** Cores that Spark gives a task of this run ({@code spark.task.cpus}), at least 1. */
  protected final int taskCores() {
    return Sessions.configure(spec.name(), common.master, common.conf).getInt("spark.task.cpus", 1);
  }

  /** Cores of an executor of this run, at least 1; in local mode those of this process. */
  protected final int executorCores() {
    return Sessions.executorCores(Sessions.configure(spec.name(), common.master, common.conf));
  }

  /** For everything random. */
  protected final long seed() {
    return common.seed;
  }
}
