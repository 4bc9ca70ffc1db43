package dev.workbuddy.backup.remote;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A remote that can be used.
 *
 * @param detail what was found, for people: the tool's version, who is logged in
 * @param warnings what the user should know although it works
 * @param local the directory that it is on this machine; null for what is elsewhere
 */
public record Readiness(String detail, List<String> warnings, @Nullable Path local) {
  public Readiness {
    warnings = List.copyOf(warnings);
  }

  /** One that is elsewhere. */
  public Readiness(String detail, List<String> warnings) {
    this(detail, warnings, null);
  }
}
