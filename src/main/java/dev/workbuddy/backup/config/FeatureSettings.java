package dev.workbuddy.backup.config;

import java.util.List;
import java.util.Map;

/**
 * What the user has chosen about optional components.
 *
 * @param preferences by the component's id; those that the configuration does not name are missing
 * @param agentCommand what starts an agent that guides the user through a repair, with its
 *     arguments; empty where the configuration does not say
 */
public record FeatureSettings(Map<String, Preference> preferences, List<String> agentCommand) {
  /** Nothing was chosen. */
  public static final FeatureSettings NONE = new FeatureSettings(Map.of(), List.of());

  public FeatureSettings {
    preferences = Map.copyOf(preferences);
    agentCommand = List.copyOf(agentCommand);
  }

  public Preference of(String component) {
    return preferences.getOrDefault(component, Preference.UNDECIDED);
  }
}
