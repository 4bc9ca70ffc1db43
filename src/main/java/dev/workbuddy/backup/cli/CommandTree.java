package dev.workbuddy.backup.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/**
 * The commands. What picocli needs to know of one takes milliseconds to find out, so a call that
 * names its command makes ready that one alone.
 */
final class CommandTree {
  private static final String SUFFIX = "Command";

  /**
   * In the order of the help. Each is named by its class: {@code TakeOverCommand} is {@code
   * take-over}.
   */
  private static final List<Class<?>> COMMANDS =
      List.of(
          InitCommand.class,
          NowCommand.class,
          ListCommand.class,
          ShowCommand.class,
          VerifyCommand.class,
          RestoreCommand.class,
          RollbackCommand.class,
          TakeOverCommand.class,
          DiffCommand.class,
          QueryCommand.class,
          RescueCommand.class,
          DrillCommand.class,
          AlarmsCommand.class,
          HoldCommand.class,
          PushCommand.class,
          PullCommand.class,
          PruneCommand.class,
          MigrateCommand.class,
          ScheduleCommand.class,
          SidecarCommand.class,
          DoctorCommand.class,
          ConfigCommand.class,
          ServeCommand.class,
          McpCommand.class,
          ConfirmCommand.class,
          CommandsCommand.class,
          DemoCommand.class);

  private CommandTree() {}

  /** The command line with every command. */
  static CommandLine whole(WbBackup root) {
    return with(root, COMMANDS);
  }

  /** The command line with what these arguments can mean; help and mistakes need all of it. */
  static CommandLine of(WbBackup root, String... arguments) {
    List<Class<?>> named =
        COMMANDS.stream().filter(command -> List.of(arguments).contains(name(command))).toList();
    return named.isEmpty() ? whole(root) : with(root, named);
  }

  private static CommandLine with(WbBackup root, List<Class<?>> commands) {
    CommandLine line = new CommandLine(root);
    commands.forEach(line::addSubcommand);
    return line;
  }

  private static String name(Class<?> command) {
    String simple = command.getSimpleName();
    return simple
        .substring(0, simple.length() - SUFFIX.length())
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }
}
