package dev.workbuddy.backup.migration;

/** What to do where a step was edited after it had been applied. */
public enum EditedSteps {
  REFUSE,
  /** Go on with the steps that are left; what was applied stays as it is. */
  PASS_OVER
}
