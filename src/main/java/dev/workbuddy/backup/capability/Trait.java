package dev.workbuddy.backup.capability;

/** What else faces may want to know of a capability. */
public enum Trait {
  /** Called again with the same parameters, it changes nothing more. */
  IDEMPOTENT,
  /** It may talk to other machines, such as remotes. */
  REACHES_OUT
}
