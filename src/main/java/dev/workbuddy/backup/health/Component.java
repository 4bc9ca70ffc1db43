package dev.workbuddy.backup.health;

import dev.workbuddy.backup.config.Preference;
import java.util.List;

/**
 * A part of the program that can be wanted, set up, working and repaired.
 *
 * @param preference always wanted for one that is core
 * @param requirements all of which must be met
 * @param checks in this order; the first that fails ends them
 */
public record Component(
    ComponentDefinition declaration,
    Preference preference,
    List<Requirement> requirements,
    List<Check> checks,
    List<Link> links) {

  public Component {
    requirements = List.copyOf(requirements);
    checks = List.copyOf(checks);
    links = List.copyOf(links);
  }

  public String id() {
    return declaration.id();
  }

  public boolean isUnwanted() {
    return preference.is(Preference.Choice.UNWANTED);
  }
}
