package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.io.Programs;
import dev.workbuddy.backup.mcp.AgentFiles;
import dev.workbuddy.backup.mcp.FileChange;
import dev.workbuddy.backup.mcp.InstallResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "commands",
    description = "Set up wb-backup for a project's coding agent.",
    synopsisSubcommandLabel = "COMMAND")
final class CommandsCommand {
  private static final String PROGRAM = "wb-backup";

  /** Set by the launcher: where it is. */
  private static final String LAUNCHER = "wb-backup.launcher";

  @ParentCommand private WbBackup root;

  @Command(
      name = "install",
      description =
          "Write the slash commands /wb-backup-now and /wb-backup-restore, and register the MCP"
              + " server in .mcp.json. What is there stays.")
  int install(
      @Option(
              names = "--dir",
              paramLabel = "DIR",
              description = "The project in which the agent is started; else this directory.")
          @Nullable Path directory,
      @Option(names = "--force", description = "Replace files that somebody edited, too.")
          boolean force)
      throws Exception {
    Path project = absolute(Objects.requireNonNullElse(directory, Path.of("")));
    InstallResult result = new AgentFiles(project, command(project)).install(force);
    return root.session().print(result, CommandsCommand::print);
  }

  /** By its name where the shell finds it, so that the file may be shared with other machines. */
  private List<String> command(Path project) {
    Environment environment = root.environment();
    List<String> command = new ArrayList<>();
    command.add(
        Programs.find(PROGRAM, environment.variables()).isPresent()
            ? PROGRAM
            : System.getProperty(LAUNCHER, PROGRAM));
    command.add("mcp");
    Path config = absolute(root.configDirectory());
    if (!config.equals(project)) {
      command.addAll(List.of("--config-dir", config.toString()));
    }
    return command;
  }

  private Path absolute(Path path) {
    return root.environment().workingDirectory().resolve(path).normalize();
  }

  private static void print(InstallResult result, PrintStream out) {
    for (FileChange file : result.files()) {
      out.printf("%-9s  %s%n", file.change().word(), file.file());
    }
    if (result.files().stream().anyMatch(file -> file.change() == FileChange.Kind.KEPT)) {
      out.println("Kept what somebody edited; --force replaces it.");
    }
  }
}
