package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.integer;
import static dev.workbuddy.backup.config.ValueType.off;

import dev.workbuddy.backup.config.GuardSettings.Limits;
import dev.workbuddy.backup.config.GuardSettings.TableRule;
import java.util.List;

/** The keys about lost data. */
final class GuardReader {
  private static final String SHRINK = "max_shrink_percent";
  private static final String ROWS = "min_rows";

  private final List<String> databases;

  GuardReader(List<VitalDatabase> databases) {
    this.databases = databases.stream().map(VitalDatabase::name).toList();
  }

  GuardSettings read(Section backups) {
    GuardSettings usual = GuardSettings.defaults();
    if (backups.isWord("guard")) {
      var _ = backups.find("guard", off());
      return new GuardSettings(false, usual.standard(), List.of());
    }
    Section guard = backups.section("guard");
    Limits standard =
        new Limits(
            guard.get(SHRINK, percent(), usual.standard().maxShrinkPercent()),
            guard.get(ROWS, rows(), usual.standard().minRows()));
    Section tables = guard.section("tables");
    List<TableRule> rules =
        tables.namedSections().stream()
            .flatMap(database -> rules(tables, database, standard).stream())
            .toList();
    return new GuardSettings(true, standard, rules);
  }

  private List<TableRule> rules(Section tables, Section database, Limits standard) {
    if (!databases.contains(database.name())) {
      String guess =
          Suggestion.nearest(database.name(), databases)
              .map(known -> "; did you mean " + known + "?")
              .orElse("");
      tables.problem(database.name(), "is not a configured database" + guess);
    }
    return database.sectionsOfAnyName().stream()
        .map(table -> new TableRule(database.name(), table.name(), limits(table, standard)))
        .toList();
  }

  private static Limits limits(Section table, Limits standard) {
    return new Limits(
        table.find(SHRINK, percent()).orElse(standard.maxShrinkPercent()),
        table.find(ROWS, rows()).orElse(standard.minRows()));
  }

  private static ValueType<Integer> percent() {
    return integer(0, GuardSettings.EVERYTHING);
  }

  private static ValueType<Integer> rows() {
    return integer(0, Integer.MAX_VALUE);
  }
}
