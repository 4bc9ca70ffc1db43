package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.ValueType.choice;
import static dev.workbuddy.backup.config.ValueType.command;
import static dev.workbuddy.backup.config.ValueType.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys about optional components. */
final class FeatureReader {
  private FeatureReader() {}

  static FeatureSettings read(Section top, Section backups) {
    List<String> agent = backups.find("agent_command", command()).orElse(List.of());
    Map<String, Preference> preferences = new LinkedHashMap<>();
    Section features = top.section("features");
    features.shareWithOthers(OwnKeys.FEATURES);
    for (String id : OwnKeys.FEATURES) {
      if (features.has(id)) {
        preferences.put(id, preference(features.section(id)));
      }
    }
    return new FeatureSettings(preferences, agent);
  }

  private static Preference preference(Section feature) {
    return new Preference(
        feature.find("wanted", choice()).orElse(Preference.Choice.UNDECIDED),
        feature.find("reason", text()).orElse(null));
  }
}
