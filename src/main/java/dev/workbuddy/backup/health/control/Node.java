package dev.workbuddy.backup.health.control;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the whole.
 *
 * @param id {@code domain:backups}, {@code component:…}, {@code requirement:…} or {@code
 *     capability:…}
 * @param parent the id of the node that it is a part of; null for a domain and for capabilities
 * @param name the id without its kind
 * @param required whether the user cannot switch it off
 * @param preference {@code wanted}, {@code unwanted} or {@code undecided}; null where nobody is
 *     asked
 * @param reason why the user chose so; null where they did not say
 * @param own what is known of it alone; of a domain it is {@code ok}
 * @param effectiveState what follows from the whole graph
 * @param detail what was seen, for people
 * @param next what the user can do; empty where nothing needs to be done
 * @param checks what was looked at, of a component
 * @param fix how it can be repaired; null where it is no requirement
 */
public record Node(
    String id,
    NodeKind kind,
    @Nullable String parent,
    String name,
    String label,
    boolean required,
    @Nullable String preference,
    @Nullable String reason,
    OwnState own,
    EffectiveState effectiveState,
    String detail,
    String next,
    List<CheckResult> checks,
    @Nullable Fix fix) {

  /**
   * One step of a component's check.
   *
   * @param state {@code ok}, {@code unknown}, {@code warning} or {@code failure}
   */
  public record CheckResult(String name, OwnState state, String detail) {}

  public Node {
    checks = List.copyOf(checks);
  }

  Node in(EffectiveState state) {
    return new Node(
        id,
        kind,
        parent,
        name,
        label,
        required,
        preference,
        reason,
        own,
        state,
        detail,
        next,
        checks,
        fix);
  }
}
