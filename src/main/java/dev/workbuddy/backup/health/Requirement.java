package dev.workbuddy.backup.health;

import java.util.List;
import java.util.Optional;

/**
 * Something that must be there before a component can work.
 *
 * @param id the stable name, in lower case with dashes
 * @param title what is required, in a few words
 * @param needs ids of requirements of the same component that must be met before this one can be
 *     looked at from afar
 * @param near what this machine alone can tell
 * @param far the rest, where this machine found nothing wrong; empty where there is none
 */
public record Requirement(
    String id,
    String title,
    List<String> needs,
    Probe near,
    Optional<RemoteProbe> far,
    Fixer fixer) {

  public Requirement {
    needs = List.copyOf(needs);
  }

  /** One that this machine can tell alone. */
  public Requirement(String id, String title, Probe near, Fixer fixer) {
    this(id, title, List.of(), near, Optional.empty(), fixer);
  }

  /**
   * A look that asks the network, or a disk that may hang; what it finds is remembered for a while.
   *
   * @param key what the answer depends on besides the requirement
   */
  public record RemoteProbe(String key, Probe probe) {}
}
