package dev.workbuddy.backup.health;

import java.util.List;

/**
 * What a repair came to.
 *
 * @param detail in words
 * @param sideEffects what is different in the world now, each in words
 */
public record FixResult(boolean ok, String detail, List<String> sideEffects) {
  public FixResult {
    sideEffects = List.copyOf(sideEffects);
  }

  public static FixResult failed(String detail) {
    return new FixResult(false, detail, List.of());
  }
}
