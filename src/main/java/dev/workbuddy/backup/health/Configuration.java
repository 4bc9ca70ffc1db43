package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.InitResult;
import dev.workbuddy.backup.config.Initializer;
import dev.workbuddy.backup.config.Preference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The component of the settings on which everything else depends. */
final class Configuration {
  static final String ID = "configuration";
  private static final String WRITTEN = "configuration-written";
  private static final String DIRECTORY = "directory";
  static final ComponentDefinition DECLARATION =
      new ComponentDefinition(ID, "Configuration", true, context -> Optional.of(readable(context)));

  private Configuration() {}

  private static Component readable(HealthContext context) {
    Path configDir = context.settings().configDir();
    return component(
        List.of(written(configDir, () -> Finding.ok("in " + configDir))),
        List.of(settings(() -> look(context))));
  }

  /** One whose files cannot be used. */
  static Component broken(String problem, String hint) {
    return component(List.of(), List.of(settings(() -> Finding.failure(problem, hint))));
  }

  /** One of a machine on which the program is new. */
  static Component missing(String problem, String hint, Path configDir) {
    return component(List.of(written(configDir, () -> Finding.failure(problem, hint))), List.of());
  }

  private static Requirement written(Path configDir, Probe probe) {
    return new Requirement(
        WRITTEN,
        "there is a configuration",
        probe,
        new Fixer.InputRequired(
            "write config.yaml for the SQLite databases found below a directory",
            List.of(new Fixer.Field(DIRECTORY, "Directory of the databases", guess(configDir))),
            input -> write(configDir, input.getOrDefault(DIRECTORY, "").strip())));
  }

  private static String guess(Path configDir) {
    Path usual = Initializer.usualDirectory(configDir);
    return (Files.isDirectory(usual) ? usual : configDir).toString();
  }

  private static FixResult write(Path configDir, String directory) {
    InitResult made = new Initializer(configDir).init(configDir, Path.of(directory));
    return new FixResult(
        true,
        "%d databases in %s".formatted(made.databases().size(), made.dbDir()),
        made.written() ? List.of("wrote " + made.configFile()) : List.of());
  }

  /** A component whose state is unknown without settings. */
  static Component unreadable(ComponentDefinition definition) {
    return new Component(
        definition,
        new Preference(Preference.Choice.WANTED, null),
        List.of(),
        List.of(
            new Check(
                "settings",
                () -> Finding.unknown("cannot be checked without the configuration", ""))),
        List.of(Link.hard(ID)));
  }

  private static Check settings(Probe probe) {
    return new Check("settings", probe);
  }

  private static Component component(List<Requirement> requirements, List<Check> checks) {
    return new Component(
        DECLARATION,
        new Preference(Preference.Choice.WANTED, null),
        requirements,
        checks,
        List.of());
  }

  private static Finding look(HealthContext context) {
    return context.warnings().isEmpty()
        ? Finding.ok(context.settings().configDir().toString())
        : Finding.warning(
            String.join("; ", context.warnings()), "`wb-backup config show` prints every setting.");
  }
}
