package dev.workbuddy.backup.remote;

import java.util.List;

/**
 * A remote that can be used.
 *
 * @param detail what was found, for people: the tool's version, who is logged in
 * @param warnings what the user should know although it works
 */
public record Readiness(String detail, List<String> warnings) {
  public Readiness {
    warnings = List.copyOf(warnings);
  }
}
