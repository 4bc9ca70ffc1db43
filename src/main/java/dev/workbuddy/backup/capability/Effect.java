package dev.workbuddy.backup.capability;

/**
 * What a call does to the world, from the most harmless to the gravest. A call of one of the last
 * three kinds is made by an agent or a job only after somebody has agreed to it.
 */
public enum Effect {
  /** Only looks. */
  READS,
  /** Adds or marks something in a place that the configuration names; nothing is lost by it. */
  CHANGES,
  /** Uses a place that the configuration does not name, or has it name another one. */
  POINTS,
  /** Shortens what is kept, now or at the next sweep, or switches protection off. */
  WEAKENS,
  /** Replaces or deletes. */
  DESTROYS;

  /** Whether somebody has to agree first. */
  public boolean isGuarded() {
    return compareTo(CHANGES) > 0;
  }
}
