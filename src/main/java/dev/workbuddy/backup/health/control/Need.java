package dev.workbuddy.backup.health.control;

/**
 * What a capability leans on.
 *
 * @param on a node's id
 * @param fallback what happens without; empty for hard ones
 */
public record Need(String on, boolean hard, String fallback) {
  public static Need hard(String on) {
    return new Need(on, true, "");
  }

  public static Need soft(String on, String fallback) {
    return new Need(on, false, fallback);
  }
}
