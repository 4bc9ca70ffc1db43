package dev.workbuddy.backup.config;

import java.util.List;
import java.util.stream.Stream;

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

  /** Returns this configuration with other settings. */
  public LoadedConfig with(Settings others) {
    return new LoadedConfig(others, effective, warnings);
  }

  /** Returns this configuration with one more warning. */
  LoadedConfig warning(String sentence) {
    return new LoadedConfig(
        settings, effective, Stream.concat(warnings.stream(), Stream.of(sentence)).toList());
  }
}
