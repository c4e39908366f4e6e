package org.vectormill.jobs.runner;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Values of a command's options after parsing. */
final class OptionValues {
  /** Options that the job itself declares, by name without dashes; unset ones are left out. */
  static Map<String, String> ofJob(CommandSpec spec) {
    Map<String, String> values = new TreeMap<>();
    for (OptionSpec option : spec.options()) {
      Object value = option.getValue();
      if (value != null && !isShared(spec, option)) {
        values.put(key(option), UriSecrets.withoutQueries(text(value)));
      }
    }
    return values;
  }

  /**
   * Looks at every option and parameter that was given.
   *
   * @throws org.vectormill.schemas.VectormillException ({@code USAGE}) for a URI with a password
   */
  static void refusePasswords(CommandSpec spec) {
    for (ArgSpec argument : spec.args()) {
      Object value = argument.getValue();
      if (value != null && !(value instanceof Map)) {
        String name =
            argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        UriSecrets.refusePassword(name, text(value));
      }
    }
  }

  /** The name of an option in a configuration file and in a manifest. */
  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  /** Whether an option comes with a mixin: one that every job has. */
  static boolean isShared(CommandSpec spec, OptionSpec option) {
    return spec.mixins().values().stream()
        .anyMatch(mixin -> mixin.optionsMap().containsKey(option.longestName()));
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> many) {
      return many.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    if (value instanceof Enum<?> constant) {
      return constant.toString().toLowerCase(Locale.ROOT);
    }
    return value instanceof Object[] many ? text(Arrays.asList(many)) : String.valueOf(value);
  }

  private OptionValues() {}
}
