package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.List;

/** What is known of applications without a configuration. */
public final class Applications {
  private static final Path NOWHERE = Path.of("nowhere");

  private Applications() {}

  /** Where work-buddy may have a database of that name; empty where it has none. */
  public static List<String> placesOfWorkBuddy(String name) {
    return workBuddyIn(NOWHERE).known().stream()
        .filter(database -> database.name().equals(name))
        .flatMap(database -> database.places().stream())
        .toList();
  }

  /** What work-buddy may have where its configuration is in a directory and says nothing. */
  static Settings workBuddyIn(Path configDir) {
    Problems problems = new Problems(configDir, List.of());
    Mapping nothing = Mapping.empty(Position.DEFAULT);
    Settings settings = new SettingsReader(configDir, new ReadContext(problems)).read(nothing);
    problems.throwIfAny();
    return settings;
  }
}
