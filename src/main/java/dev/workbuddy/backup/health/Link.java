package dev.workbuddy.backup.health;

/**
 * What else a component leans on.
 *
 * @param to another component's id
 * @param hard whether it cannot work without
 * @param fallback what happens without the other one; empty for hard ones
 */
public record Link(String to, boolean hard, String fallback) {
  public static Link hard(String to) {
    return new Link(to, true, "");
  }

  public static Link soft(String to, String fallback) {
    return new Link(to, false, fallback);
  }
}
