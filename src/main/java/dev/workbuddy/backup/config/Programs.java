package dev.workbuddy.backup.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The programs that commands name in braces.
 *
 * @param places by name, what stands in the command instead
 */
record Programs(Map<String, String> places) {
  Programs {
    places = Map.copyOf(places);
  }

  /** The keys below {@code backups.programs}. */
  static Programs read(Section backups, Path configDir) {
    Section section = backups.section("programs");
    Map<String, String> found = new HashMap<>();
    for (String name : section.namesOfTheUsers()) {
      section
          .find(name, ValueType.texts(), places -> chosen(places, configDir))
          .ifPresent(places -> found.put(name, chosen(places, configDir)));
    }
    return new Programs(found);
  }

  /**
   * The first that is there. A word without a path is looked for by the system, and is the last.
   */
  private static String chosen(List<String> places, Path configDir) {
    return places.stream()
        .filter(place -> isPath(place) && Files.isExecutable(configDir.resolve(place)))
        .map(place -> configDir.resolve(place).toString())
        .findFirst()
        .orElseGet(places::getLast);
  }

  private static boolean isPath(String place) {
    return place.contains("/") || place.contains("\\");
  }

  List<String> in(List<String> command) {
    return command.stream().map(this::in).toList();
  }

  private String in(String word) {
    String whole = word;
    for (Map.Entry<String, String> program : places.entrySet()) {
      whole = whole.replace("{" + program.getKey() + "}", program.getValue());
    }
    return whole;
  }
}
