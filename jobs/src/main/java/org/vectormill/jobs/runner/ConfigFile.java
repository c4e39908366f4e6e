package org.vectormill.jobs.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.vectormill.schemas.VectormillException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Options from a YAML file: a flat map from option names without dashes to values; a list stands
 * for an option that is repeated, a map for one that takes {@code KEY=VALUE}.
 */
final class ConfigFile {
  private static final Set<String> COMMAND_LINE_ONLY = Set.of("config", "help", "version");

  private final String where;
  private final JsonNode values;

  private ConfigFile(String where, JsonNode values) {
    this.where = where;
    this.values = values;
  }

  /**
   * The command line {@code args} with what {@code --config} names put before it, less the options
   * that the command line gives itself.
   *
   * @throws VectormillException ({@code USAGE}) for a file that can't be read and for a key that is
   *     no option of the command
   */
  static List<String> layer(CommandSpec command, List<String> args) {
    String file = valueOf("--config", args);
    if (file == null) {
      return args;
    }
    List<String> layered = read(file).arguments(command, args);
    layered.addAll(args);
    return layered;
  }

  /** The last value that {@code args} gives to an option, null where there is none. */
  static String valueOf(String option, List<String> args) {
    String value = null;
    for (int i = 0; i < args.size(); i++) {
      if (args.get(i).startsWith(option + "=")) {
        value = args.get(i).substring(option.length() + 1);
      } else if (args.get(i).equals(option) && i + 1 < args.size()) {
        value = args.get(i + 1);
      }
    }
    return value;
  }

  private static ConfigFile read(String file) {
    return of("--config " + file, yaml("--config", file));
  }

  /**
   * @param where the values stand, for messages
   */
  private static ConfigFile of(String where, JsonNode values) {
    if (!values.isObject() && !values.isMissingNode() && !values.isNull()) {
      throw VectormillException.usage(where + ": expected a map from option names to values");
    }
    return new ConfigFile(where, values);
  }

  /** The options of a command as a map has them. */
  static List<String> arguments(String where, CommandSpec command, JsonNode values) {
    return of(where, values).arguments(command, List.of());
  }

  /**
   * @param what names the file, for messages
   */
  static JsonNode yaml(String what, String file) {
    Path path = new Path(file);
    try (InputStream in = path.getFileSystem(Sessions.hadoop(Map.of())).open(path)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw VectormillException.usage(
          what + " " + file + " can't be read as YAML: " + Failure.firstLine(e));
    }
  }

  private List<String> arguments(CommandSpec command, List<String> args) {
    Set<String> given = new HashSet<>();
    for (String arg : args) {
      given.add(arg.startsWith("--") ? arg.split("=", 2)[0] : arg);
    }
    List<String> layered = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      OptionSpec option = option(command, entry.getKey());
      if (!isGiven(option, given)) {
        append(layered, option.longestName(), entry.getValue());
      }
    }
    return layered;
  }

  private static boolean isGiven(OptionSpec option, Set<String> given) {
    for (String name : option.names()) {
      if (given.contains(name) || given.contains(name.replaceFirst("^--", "--no-"))) {
        return true;
      }
    }
    return false;
  }

  private OptionSpec option(CommandSpec command, String key) {
    OptionSpec option = command.findOption("--" + key);
    if (option != null && !COMMAND_LINE_ONLY.contains(key)) {
      return option;
    }
    List<String> keys = command.options().stream().map(OptionValues::key).toList();
    throw VectormillException.usage(
        "%s: \"%s\" is not an option of %s that a file may set%s"
            .formatted(where, key, command.name(), NearestName.suggestion(key, keys)));
  }

  private static void append(List<String> args, String name, JsonNode value) {
    if (value.isArray()) {
      value.forEach(element -> append(args, name, element));
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry -> args.add(name + "=" + entry.getKey() + "=" + entry.getValue().asText()));
    } else if (!value.isNull()) {
      args.add(name + "=" + value.asText());
    }
  }
}
