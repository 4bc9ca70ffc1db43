package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.command;
import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of one database that are about its schema. */
final class LadderReader {
  private static final String FILE = "{db}";

  private final Path configDir;
  private final Programs programs;

  /**
   * @param programs what commands may name in braces
   */
  LadderReader(Path configDir, Programs programs) {
    this.configDir = configDir;
    this.programs = programs;
  }

  Optional<LadderSource> read(Section database) {
    Optional<LadderSource> steps =
        database.find("migrations", text(PathRules::directory)).map(this::steps);
    Optional<List<String>> words = database.find("migrate_command", command());
    Optional<Integer> top = database.find("max_schema_version", integer(1, Integer.MAX_VALUE));
    Optional<List<String>> asking = database.find("max_schema_version_command", command());
    requireOneKind(database);
    words
        .filter(command -> command.stream().noneMatch(word -> word.contains(FILE)))
        .ifPresent(
            _ -> database.problem("migrate_command", "must hold {db}, which becomes the file"));
    return steps.or(
        () ->
            words
                .filter(_ -> top.isPresent() || asking.isPresent())
                .map(
                    command ->
                        new LadderSource.Command(
                            programs.in(command),
                            top.orElse(null),
                            programs.in(asking.orElse(List.of())))));
  }

  private LadderSource steps(String path) {
    Path place = configDir.resolve(path).normalize();
    return path.toLowerCase(Locale.ROOT).endsWith(".jar")
        ? new LadderSource.JavaClasses(place)
        : new LadderSource.SqlFiles(place);
  }

  private static void requireOneKind(Section database) {
    boolean command = database.has("migrate_command");
    boolean asking = database.has("max_schema_version_command");
    boolean top = database.has("max_schema_version") || asking;
    if (command && database.has("migrations")) {
      database.problem("migrate_command", "cannot go with migrations: a database has one ladder");
    } else if (command && !top) {
      database.problem(
          "migrate_command", "needs max_schema_version, the version that the command leads to");
    } else if (top && !command) {
      database.problem(
          asking ? "max_schema_version_command" : "max_schema_version",
          "goes with migrate_command only");
    }
  }
}
