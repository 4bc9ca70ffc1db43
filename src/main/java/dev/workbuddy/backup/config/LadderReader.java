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

  LadderReader(Path configDir) {
    this.configDir = configDir;
  }

  Optional<LadderSource> read(Section database) {
    Optional<LadderSource> steps =
        database.find("migrations", text(PathRules::directory)).map(this::steps);
    Optional<List<String>> words = database.find("migrate_command", command());
    Optional<Integer> top = database.find("max_schema_version", integer(1, Integer.MAX_VALUE));
    requireOneKind(database);
    words
        .filter(command -> command.stream().noneMatch(word -> word.contains(FILE)))
        .ifPresent(
            _ -> database.problem("migrate_command", "must hold {db}, which becomes the file"));
    return steps.or(() -> words.flatMap(w -> top.map(t -> new LadderSource.Command(w, t))));
  }

  private LadderSource steps(String path) {
    Path place = configDir.resolve(path).normalize();
    return path.toLowerCase(Locale.ROOT).endsWith(".jar")
        ? new LadderSource.JavaClasses(place)
        : new LadderSource.SqlFiles(place);
  }

  private static void requireOneKind(Section database) {
    boolean command = database.has("migrate_command");
    boolean top = database.has("max_schema_version");
    if (command && database.has("migrations")) {
      database.problem("migrate_command", "cannot go with migrations: a database has one ladder");
    } else if (command && !top) {
      database.problem(
          "migrate_command", "needs max_schema_version, the version that the command leads to");
    } else if (top && !command) {
      database.problem("max_schema_version", "goes with migrate_command only");
    }
  }
}
