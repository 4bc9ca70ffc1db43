package dev.workbuddy.backup.config;

import dev.workbuddy.backup.outcome.Outcome;
import dev.workbuddy.backup.outcome.Status;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that was written, or that is there already.
 *
 * @param written whether it was written; else it stays as it is
 * @param configFile the file that says what is backed up, absolute
 * @param profile the profile that it names; null for none
 * @param dbDir the live database directory, absolute
 * @param databases what the configuration names
 * @param found whether the databases were found by searching; else they are work-buddy's
 * @param leftOut databases that were found but cannot be configured
 * @param warnings what would stop a restore
 */
public record InitResult(
    boolean written,
    Path configFile,
    @Nullable String profile,
    Path dbDir,
    List<VitalDatabase> databases,
    boolean found,
    List<ExcludedFile> leftOut,
    List<String> warnings)
    implements Outcome {

  public InitResult {
    databases = List.copyOf(databases);
    leftOut = List.copyOf(leftOut);
    warnings = List.copyOf(warnings);
  }

  /** Returns this result with what would stop a restore. */
  public InitResult with(List<String> obstacles) {
    return new InitResult(
        written, configFile, profile, dbDir, databases, found, leftOut, obstacles);
  }

  @Override
  public List<String> alarms() {
    return warnings;
  }

  @Override
  public Status status() {
    return Status.DONE;
  }
}
