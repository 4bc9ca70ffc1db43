package dev.workbuddy.backup.capability;

import dev.workbuddy.backup.config.EffectiveSetting;
import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.util.List;

/** A valid configuration: every value with its origin, and what is set without effect. */
public record ConfigDetails(List<EffectiveSetting> settings, List<String> warnings)
    implements Outcome {
  public ConfigDetails {
    settings = List.copyOf(settings);
    warnings = List.copyOf(warnings);
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
