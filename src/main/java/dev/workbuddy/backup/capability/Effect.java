package dev.workbuddy.backup.capability;

/** What a capability does to the world; faces ask before the last kind. */
public enum Effect {
  /** Only looks. */
  READS,
  /** Adds or marks something; nothing that was there is lost. */
  CHANGES,
  /** Replaces or deletes. */
  DESTROYS
}
