package org.vectormill.jobs.runner;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lays out {@code --help}: a job's own options as declared, then those that every job has. */
final class HelpLayout {
  private static final int WIDTH = 100;

  static void apply(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage().width(WIDTH).abbreviateSynopsis(true).sortOptions(false);
    command
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpLayout::optionLists);
    command.getSubcommands().values().forEach(HelpLayout::apply);
  }

  private static String optionLists(Help help) {
    CommandSpec spec = help.commandSpec();
    String own = list(help, spec.options().stream().filter(o -> !isCommon(spec, o)).toList());
    String common = list(help, spec.options().stream().filter(o -> isCommon(spec, o)).toList());
    return own.isEmpty() || spec.findOption("--config") == null
        ? own + common
        : own + System.lineSeparator() + "Common options:" + System.lineSeparator() + common;
  }

  private static boolean isCommon(CommandSpec spec, OptionSpec option) {
    return OptionValues.isShared(spec, option) || option.usageHelp() || option.versionHelp();
  }

  private static String list(Help help, List<OptionSpec> options) {
    Help.Layout layout = help.createDefaultLayout();
    layout.addOptions(options, help.parameterLabelRenderer());
    return layout.toString();
  }

  private HelpLayout() {}
}
