package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The settings that everything else is told by. */
final class Configuration {
  static final String ID = "configuration";
  static final Declaration DECLARATION =
      new Declaration(ID, "Configuration", true, site -> Optional.of(readable(site)));

  private Configuration() {}

  private static Component readable(Site site) {
    return component(() -> look(site));
  }

  /** One whose files cannot be used. */
  static Component broken(String problem, String hint) {
    return component(() -> Finding.failure(problem, hint));
  }

  /** A component of which nothing can be told without settings. */
  static Component unreadable(Declaration declaration) {
    return new Component(
        declaration,
        new Preference(Preference.Choice.WANTED, null),
        List.of(),
        List.of(
            new Check(
                "settings",
                () -> Finding.unknown("nothing can be told without the configuration", ""))),
        List.of(Link.hard(ID)));
  }

  private static Component component(Probe probe) {
    return new Component(
        DECLARATION,
        new Preference(Preference.Choice.WANTED, null),
        List.of(),
        List.of(new Check("settings", probe)),
        List.of());
  }

  private static Finding look(Site site) {
    Set<String> unknown = new TreeSet<>(site.features().preferences().keySet());
    unknown.removeAll(Declarations.ids());
    if (!unknown.isEmpty()) {
      return Finding.warning(
          "features." + String.join(", features.", unknown) + " belongs to no component",
          "Components are " + String.join(", ", Declarations.ids()) + ".");
    }
    return site.warnings().isEmpty()
        ? Finding.ok(site.settings().configDir().toString())
        : Finding.warning(
            String.join("; ", site.warnings()), "`wb-backup config show` prints every setting.");
  }
}
