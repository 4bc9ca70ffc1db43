package dev.workbuddy.backup.config;

import java.util.List;

/**
 * A configuration without problems.
 *
 * @param effective every known key that has a value, in the order of the documentation
 * @param warnings one sentence for each thing that is configured but that this version does not do
 */
public record LoadedConfig(
    Settings settings, List<EffectiveSetting> effective, List<String> warnings) {

  public LoadedConfig {
    effective = List.copyOf(effective);
    warnings = List.copyOf(warnings);
  }
}
