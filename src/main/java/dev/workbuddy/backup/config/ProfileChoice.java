package dev.workbuddy.backup.config;

import dev.workbuddy.backup.config.YamlNode.Kind;
import dev.workbuddy.backup.config.YamlNode.Mapping;
import dev.workbuddy.backup.config.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which profile lies under a configuration. Its ladders are the application's own code: they count
 * where that is there, and where the configuration names no other.
 */
final class ProfileChoice {
  private static final String KEY = "profile";
  private static final List<String> OWN_LADDER = List.of("migrations", "migrate_command");

  /** What a configuration that names neither is taken to say. */
  private static final Mapping DEFAULT = byDefault();

  private ProfileChoice() {}

  /**
   * The configuration with what the profile sets below it: the one that it names; work-buddy's
   * where it names neither a profile nor databases.
   */
  static Mapping under(Mapping root, Path configDir, Problems problems) {
    YamlNode backups = root.entries().get("backups");
    if (backups != null && !backups.isNothing() && !(backups instanceof Mapping)) {
      return root;
    }
    Mapping section = backups instanceof Mapping mapping ? mapping : Mapping.empty(root.at());
    if (section.entries().containsKey(KEY)) {
      return over(named(section.entries().get(KEY), configDir, problems), root, configDir);
    }
    return section.entries().containsKey("databases")
        ? root
        : over(Profile.workBuddy(), Overlay.overlay(DEFAULT, root), configDir);
  }

  /** Where it is none, that is the problem, and not that databases are missing as well. */
  private static Profile named(@Nullable YamlNode value, Path configDir, Problems problems) {
    return value instanceof Scalar name && isPossible(name)
        ? Profile.named(name, configDir, problems).orElseGet(Profile::workBuddy)
        : Profile.workBuddy();
  }

  private static boolean isPossible(Scalar name) {
    try {
      ValueType.profile().parser().parse(name);
      return true;
    } catch (InvalidValueException reportedWhereTheKeyIsRead) {
      return false;
    }
  }

  private static Mapping over(Profile profile, Mapping root, Path configDir) {
    boolean there = profile.recognisedBy().isEmpty() || profile.isRecognisedIn(configDir);
    Mapping own = section(section(root, "backups"), "databases");
    Predicate<String> hasLadder =
        name -> there && OWN_LADDER.stream().noneMatch(section(own, name).entries()::containsKey);
    return Overlay.overlay(profile.withLaddersOf(hasLadder), root);
  }

  private static Mapping section(Mapping mapping, String key) {
    return mapping.entries().get(key) instanceof Mapping found
        ? found
        : Mapping.empty(mapping.at());
  }

  private static Mapping byDefault() {
    return section(
        "backups", section(KEY, new Scalar(Position.DEFAULT, Kind.TEXT, Profile.WORK_BUDDY)));
  }

  private static Mapping section(String key, YamlNode value) {
    SequencedMap<String, YamlNode> entries = new LinkedHashMap<>();
    entries.put(key, value);
    return new Mapping(Position.DEFAULT, entries);
  }
}
