package dev.workbuddy.backup.cli;

import dev.workbuddy.backup.capability.Questions;
import dev.workbuddy.backup.capability.Workspace;
import dev.workbuddy.backup.config.ConfigLoader;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line: the options that every command of {@link CommandTree} takes. */
@Command(
    name = "wb-backup",
    description = "Reliable snapshots of SQLite databases, and tested restores.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0 done · 1 failed · 2 usage or configuration · 3 refused by a guard",
      "  4 damage found · 5 done but incomplete · 6 busy · 130 interrupted"
    })
final class WbBackup {
  private final Environment environment;

  @Option(
      names = "--config-dir",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Directory of config.yaml (default: WORK_BUDDY_CONFIG_DIR, else this directory).")
  private @Nullable Path configDir;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document on standard output.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print nothing unless something is wrong.")
  private boolean quiet;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces of errors.")
  private boolean debug;

  WbBackup(Environment environment) {
    this.environment = environment;
  }

  boolean json() {
    return json;
  }

  boolean debug() {
    return debug;
  }

  /** A conversation with the user in the way that the options ask for. */
  Session session() {
    return new Session(environment, environment.capabilities(configDir), json, quiet);
  }

  /** Where the configuration is, or would be. */
  Path configDirectory() {
    return new ConfigLoader(environment.variables(), environment.workingDirectory())
        .configDir(configDir);
  }

  boolean quiet() {
    return quiet;
  }

  /** Where capabilities work. */
  Workspace workspace() {
    return environment.workspace(configDir);
  }

  /** What agents ask, and people answer. */
  Questions questions() {
    return Questions.in(workspace(), new SecureRandom());
  }

  Environment environment() {
    return environment;
  }
}
