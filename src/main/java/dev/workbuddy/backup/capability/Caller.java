package dev.workbuddy.backup.capability;

/** Who calls a capability, where that makes a difference. */
public enum Caller {
  /** A person on a terminal or on the page, or a job that the machine's owner wrote down. */
  PERSON,
  /** A program that acts on words, and perhaps on words that somebody put into its data. */
  AGENT
}
