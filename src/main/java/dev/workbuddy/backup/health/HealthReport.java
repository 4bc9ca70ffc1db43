package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import java.time.Instant;
import java.util.List;

/**
 * What all probes came to: the facts, before anything follows from them.
 *
 * @param at when it was looked
 */
public record HealthReport(Instant at, List<OfComponent> components) {
  public HealthReport {
    components = List.copyOf(components);
  }

  /** Of one component; one that is unwanted was not looked at. */
  public record OfComponent(
      String id,
      String title,
      boolean core,
      Preference preference,
      List<OfRequirement> requirements,
      List<OfCheck> checks,
      List<Link> links) {
    public OfComponent {
      requirements = List.copyOf(requirements);
      checks = List.copyOf(checks);
      links = List.copyOf(links);
    }
  }

  /** Of one requirement, with how it would be repaired. */
  public record OfRequirement(
      String id, String title, List<String> needs, Finding finding, Fixer fixer) {
    public OfRequirement {
      needs = List.copyOf(needs);
    }
  }

  /** Of one step of a check. */
  public record OfCheck(String name, Finding finding) {}
}
