package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.migration.Ladder;
import dev.workbuddy.backup.migration.Migration;
import java.util.List;
import java.util.Map;

/**
 * How the schemas of the databases to be restored become today's.
 *
 * @param ladders by logical name; those without are restored as they are
 * @param climbs the plan for each ladder
 * @param warnings what the user should know first
 */
record Schemas(Map<String, Ladder> ladders, Map<String, Migration> climbs, List<String> warnings) {
  Schemas {
    ladders = Map.copyOf(ladders);
    climbs = Map.copyOf(climbs);
    warnings = List.copyOf(warnings);
  }
}
