package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.ConfigDetails;
import dev.workbuddy.backup.capability.ConfigShow;
import dev.workbuddy.backup.config.EffectiveSetting;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "config",
    description = "Show or check the configuration.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
  @ParentCommand private WbBackup root;

  @Command(name = "show", description = "Print every setting, its value and where it comes from.")
  int show() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().configShow(), new ConfigShow.Parameters(), ConfigCommand::print);
  }

  @Command(name = "validate", description = "Check the configuration, and report every problem.")
  int validate() throws Exception {
    Session session = root.session();
    return session.run(
        session.capabilities().configShow(),
        new ConfigShow.Parameters(),
        (details, out) -> {
          warnings(details, out);
          out.println("The configuration is valid.");
        });
  }

  private static void print(ConfigDetails details, PrintStream out) {
    Table table = new Table().text("SETTING").text("VALUE").text("ORIGIN");
    for (EffectiveSetting setting : details.settings()) {
      table.row(setting.key(), setting.value(), setting.origin());
    }
    table.print(out);
    warnings(details, out);
  }

  private static void warnings(ConfigDetails details, PrintStream out) {
    details.warnings().forEach(warning -> out.println("Warning: " + warning));
  }
}
